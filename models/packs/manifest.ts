/**
 * Packs by name. A pack's weights are not a part of the project: a manifest names each file by its upstream address, size
 * and SHA-256, and what was fetched from anywhere counts only if it is exactly that.
 */

/** What a file of weights does in the pipeline. */
export type WeightsRole = "detector" | "embedder";

/** One file of weights. */
export interface WeightsFile {
  readonly role: WeightsRole;
  /** Name in a folder of weights. */
  readonly file: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Where upstream keeps exactly these bytes. */
  readonly address: string;
  /** As upstream states it. */
  readonly licence: string;
  /** What is known of the training data, for the person who decides whether to install it. */
  readonly training: string;
}

/** A named set of weights. */
export interface PackManifest {
  readonly name: string;
  readonly title: string;
  readonly weights: readonly [detector: WeightsFile, embedder: WeightsFile];
}

/** Detection and recognition of faces: YuNet at 640 × 640 and MobileFaceNet. */
export const fullPack: PackManifest = {
  name: "full",
  title: "YuNet 640 + MobileFaceNet",
  weights: [
    {
      role: "detector",
      file: "yunet_640.onnx",
      bytes: 232_589,
      sha256: "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
      address:
        "https://raw.githubusercontent.com/ShiqiYu/libfacedetection.train/0047ac24afb1a50a0c6105001c89d1b5b805dbf1/onnx/yunet_s_640_640.onnx",
      licence: "Apache-2.0 (the same bytes are MIT in OpenCV Zoo, face_detection_yunet_2023mar)",
      training: "WIDER FACE: photos from the web, for research",
    },
    {
      role: "embedder",
      file: "mobilefacenet.onnx",
      bytes: 3_998_070,
      sha256: "b7120c095d60094f28a4a54ba6a8bf51b297a6273fb40ef6350dfec1f63d9507",
      address:
        "https://raw.githubusercontent.com/foamliu/MobileFaceNet/a6cc9032a659b615f477833e1a70b5e7931bcccc/weights/MobileFaceNet.onnx",
      licence: "Apache-2.0 (the repository)",
      training: "a refined MS-Celeb-1M: photos of public people from the web, withdrawn by its publisher, research terms",
    },
  ],
};

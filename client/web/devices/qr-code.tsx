/** A QR code as one SVG path. It is always dark on white, for cameras. */
import { encode } from "uqr";
import type { ReactElement } from "react";

/** The code for `text`. */
export function QrCode({ text }: { readonly text: string }): ReactElement {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="Pairing code for a camera"
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}

/** A QR code as one SVG path. It is always dark on white, for cameras. */
import encodeQR from "qr";
import type { ReactElement } from "react";

/** The code for `text`. */
export function QrCode({ text }: { readonly text: string }): ReactElement {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 2 });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      role="img"
      aria-label="Pairing code for a camera"
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}

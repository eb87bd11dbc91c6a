/** The mark: an egg as the oval of an old portrait, with somebody in it. The same drawing is `public/icon.svg`. */
import type { ReactElement } from "react";

/** The mark alone, without words. */
export function Logo(): ReactElement {
  return (
    <svg className="logo" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path className="logo-egg" d="M24 3c8.6 0 16 12.2 16 23.2C40 37.6 33.2 45 24 45S8 37.6 8 26.2C8 15.2 15.4 3 24 3z" />
      <circle className="logo-yolk" cx="24" cy="21" r="6.8" />
      <path
        className="logo-yolk"
        d="M11.6 37.2C13.4 32.4 18.2 29.6 24 29.6s10.6 2.8 12.4 7.6C33.6 41 29.2 43 24 43s-9.6-2-12.4-5.8z"
      />
    </svg>
  );
}

/** Types of chromium.mjs, which is plain JavaScript because setup runs before anything is installed. */
export declare const chromiumHint: string;
export declare function findChromium(environment?: Readonly<Record<string, string | undefined>>): string | null;
export declare function requireChromium(environment?: Readonly<Record<string, string | undefined>>): string;

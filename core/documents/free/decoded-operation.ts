/** An operation as `decodeChange` gives it; its own type leaves most of it out. */
export interface DecodedOperation {
  readonly action: string;
  readonly obj: string;
  readonly key?: string;
  readonly elemId?: string;
  readonly insert?: boolean;
  readonly datatype?: string;
  readonly pred?: readonly string[];
}

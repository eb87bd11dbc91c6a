/** For tests that need what is outside of the project; without it they are left out and say so in their names. */

/** Folder of weights (`ALBUMEN_MODEL_DIR`) and of public photos (`ALBUMEN_TEST_DATA`), null where the variable is not set. */
export function testFolders(environment: Readonly<Record<string, string | undefined>>): {
  readonly models: string | null;
  readonly data: string | null;
} {
  return { models: environment["ALBUMEN_MODEL_DIR"] || null, data: environment["ALBUMEN_TEST_DATA"] || null };
}

/** The table of commands, in the order of help. */
import type { Command } from "./command.ts";
import type { OptionDescription, ParameterDescription } from "./invocation.ts";

const parameters = (...names: readonly string[]): ParameterDescription[] => names.map((name) => ({ name }));
const name: OptionDescription = { value: "N", help: "what this device is called; default the machine's name" };
const yes: OptionDescription = { value: null, help: "do not ask whether both screens show the same" };
const downloadModels: OptionDescription = { value: null, help: "fetch missing face models from upstream (4.2 MB)" };
const ruleNotes: readonly string[] = [
  'A rule such as: (person:"Anna" or person:"Ben") and not person:"Carl" and taken:2024-06..2024-08',
];

const passphraseNotes: readonly string[] = [
  "From then on every command asks for it. Without a terminal the answers are lines of stdin or of --passphrase-file FILE.",
];

const start: readonly Command[] = [
  {
    name: "relay",
    summary: "run a relay on this machine until Ctrl-C",
    parameters: [],
    options: {
      data: { value: "DIR", help: "folder of the relay's data, made where it is missing", required: true },
      port: { value: "N", help: "port on 127.0.0.1, 0 for any free one; default 8787" },
    },
    load: async () => (await import("./commands/relay.ts")).run,
  },
  {
    name: "init",
    summary: "found a library on this device",
    parameters: [],
    options: { relay: { value: "URL", help: "the relay that carries the ciphertext", required: true }, name },
    load: async () => (await import("./commands/init.ts")).run,
  },
  {
    name: "invite",
    summary: "admit another device",
    parameters: [],
    options: { yes },
    load: async () => (await import("./commands/invite.ts")).run,
  },
  {
    name: "join",
    summary: "join a library by the code of another device",
    parameters: parameters("CODE"),
    options: { name, yes },
    load: async () => (await import("./commands/join.ts")).run,
  },
  {
    name: "import",
    summary: "add photos: files, and folders with all beneath them",
    parameters: [{ name: "PATH", many: true }],
    options: { "download-models": downloadModels },
    load: async () => (await import("./commands/import.ts")).run,
  },
  {
    name: "sync",
    summary: "exchange with the relay, once or until Ctrl-C",
    parameters: [],
    options: { watch: { value: null, help: "stay and keep in step" } },
    load: async () => (await import("./commands/sync.ts")).run,
  },
];

const list = (name: string, summary: string, load: Command["load"]): Command => ({
  name,
  summary,
  parameters: [],
  options: {},
  load,
});

const lists: readonly Command[] = [
  list("photos", "list photos", async () => (await import("./commands/photos.ts")).run),
  list("people", "list people, and groups of faces without a name", async () => (await import("./commands/people.ts")).run),
  list("albums", "list albums", async () => (await import("./commands/albums.ts")).run),
  list("status", "show where this device stands", async () => (await import("./commands/status.ts")).run),
  list("history", "list what was done, the newest last", async () => (await import("./commands/history.ts")).run),
  list("conflicts", "list where people disagree, and what holds", async () => (await import("./commands/conflicts.ts")).run),
  list("digest", "print the hash that equal libraries share", async () => (await import("./commands/digest.ts")).run),
];

const edit = (
  name: string,
  summary: string,
  words: readonly string[],
  load: Command["load"],
  notes: readonly string[] = [],
): Command => {
  return { name, summary, parameters: parameters(...words), options: {}, load, notes };
};

const people: readonly Command[] = [
  edit("faces", "list the faces on a photo", ["PHOTO"], async () => (await import("./commands/faces.ts")).run),
  edit("name", "name a person, a group or a face", ["ID", "TEXT"], async () => (await import("./commands/people-edits.ts")).name),
  edit("merge", "say that two people are one", ["A", "B"], async () => (await import("./commands/people-edits.ts")).merge),
  edit("unmerge", "take merged people apart again", ["A"], async () => (await import("./commands/people-edits.ts")).unmerge),
  edit("assign", "say who a face is", ["FACE", "PERSON"], async () => (await import("./commands/people-edits.ts")).assign, [
    "A name that nobody has yet makes a new person.",
  ]),
  edit("deny", "say who a face is not", ["FACE", "PERSON"], async () => (await import("./commands/people-edits.ts")).deny),
  edit("ignore", "leave a face out", ["FACE"], async () => (await import("./commands/people-edits.ts")).ignore),
];

const albums: readonly Command[] = [
  {
    name: "album create",
    summary: "make a smart album",
    parameters: parameters("NAME"),
    options: { rule: { value: "RULE", help: "which photos it holds", required: true } },
    notes: ruleNotes,
    load: async () => (await import("./commands/album.ts")).create,
  },
  edit(
    "album rule",
    "give an album another rule",
    ["NAME", "RULE"],
    async () => (await import("./commands/album.ts")).rule,
    ruleNotes,
  ),
  edit("album show", "list the photos of an album", ["NAME"], async () => (await import("./commands/album.ts")).show),
  {
    name: "album pin",
    summary: "put photos into an album whatever its rule says",
    parameters: [{ name: "NAME" }, { name: "PHOTO", many: true }],
    options: {},
    load: async () => (await import("./commands/album.ts")).pin,
  },
  {
    name: "album exclude",
    summary: "keep photos out of an album whatever its rule says",
    parameters: [{ name: "NAME" }, { name: "PHOTO", many: true }],
    options: {},
    load: async () => (await import("./commands/album.ts")).exclude,
  },
  edit("album delete", "delete an album; its photos stay", ["NAME"], async () => (await import("./commands/album.ts")).remove),
  edit(
    "why",
    "say why a photo is in an album or is not",
    ["ALBUM", "PHOTO"],
    async () => (await import("./commands/album.ts")).why,
  ),
];

const care: readonly Command[] = [
  {
    name: "undo",
    summary: "take back an event; without EVENT this device's newest",
    parameters: [{ name: "EVENT", optional: true }],
    options: {},
    load: async () => (await import("./commands/undo.ts")).run,
  },
  {
    name: "verify",
    summary: "compute index records again and compare them bit for bit",
    parameters: [],
    options: { sample: { value: "N", help: "only so many photos; default all" }, "download-models": downloadModels },
    load: async () => (await import("./commands/verify.ts")).run,
  },
  {
    name: "passphrase set",
    summary: "lock this device's folder with a passphrase",
    parameters: [],
    options: {},
    notes: passphraseNotes,
    load: async () => (await import("./commands/passphrase.ts")).set,
  },
  list("passphrase change", "give the folder another passphrase", async () => (await import("./commands/passphrase.ts")).change),
  list("passphrase off", "open the folder without a passphrase", async () => (await import("./commands/passphrase.ts")).off),
];

const wordsFlag: OptionDescription = { value: null, help: "ask for the recovery words: needed for a more senior device" };

const wordsNotes: readonly string[] = [
  "The 24 words are asked for, or read from the first line of stdin: never an argument, which others can see.",
];

const devices: readonly Command[] = [
  list("devices", "list the members: who came, who went, and what does not add up", async () => {
    return (await import("./commands/devices.ts")).run;
  }),
  {
    name: "remove",
    summary: "remove a device; those who stay get a new key",
    parameters: parameters("DEVICE"),
    options: { words: wordsFlag },
    load: async () => (await import("./commands/remove.ts")).run,
  },
  list("aside", "list what removed devices wrote afterwards", async () => (await import("./commands/aside.ts")).list),
  edit(
    "adopt",
    "let such a record count, with all before it",
    ["RECORD"],
    async () => (await import("./commands/aside.ts")).adopt,
  ),
  list("rotate", "encrypt under a new key from now on", async () => (await import("./commands/keys.ts")).rotate),
  {
    name: "words check",
    summary: "say whether recovery words are this library's",
    parameters: [],
    options: {},
    notes: wordsNotes,
    load: async () => (await import("./commands/words.ts")).check,
  },
  {
    name: "words new",
    summary: "make new recovery words",
    parameters: [],
    options: { replace: { value: null, help: "in place of those that hold now, which it asks for; else beside them" } },
    load: async () => (await import("./commands/keys.ts")).newWords,
  },
  {
    name: "recover",
    summary: "open a library on this machine by its recovery words",
    parameters: [],
    options: {
      relay: { value: "URL", help: "the relay that holds the library", required: true },
      name,
      remove: { value: "A,B", help: "devices that are lost, to be removed at once" },
      yes: { value: null, help: "do not ask whether this is the library" },
    },
    notes: wordsNotes,
    load: async () => (await import("./commands/recover.ts")).run,
  },
];

/** Groups of commands under the headings of help. */
export const commandGroups: readonly { readonly title: string; readonly commands: readonly Command[] }[] = [
  { title: "Begin", commands: start },
  { title: "Look", commands: lists },
  { title: "People", commands: people },
  { title: "Albums", commands: albums },
  { title: "Devices", commands: devices },
  { title: "Care", commands: care },
];

/** Every command. */
export const commands: readonly Command[] = commandGroups.flatMap((group) => group.commands);

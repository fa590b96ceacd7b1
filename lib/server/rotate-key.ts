import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, notInArray } from "drizzle-orm";
import { masterKeys as masterKeysTable } from "@/db/schema/master-keys";
import { importMasterKeys } from "@/lib/crypto/master-keys";
import { type Env, EnvError, readEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createLog, errorFields } from "@/lib/log";
import type { Db } from "@/lib/services/context";
import { loadMasterKey, noteMasterKeys } from "./master-key";
import { masterKeyPath } from "./master-key-file";
import { type MasterKeySource, masterKeySource } from "./master-key-source";
import { rotateDataKeys } from "./rotate-data-keys";
import { countToRewrap, rewrapDataKeys } from "./rotate-master-key";
import { openDatabaseBeside } from "./running-database";
import { StartError } from "./start-error";

/** `npm run rotate-key`: replaces keys beside the running server. */
const USAGE = `npm run rotate-key                 a new master key; every data key is wrapped anew by it
npm run rotate-key -- --data-keys  a new data key for each workspace; what the old ones sealed is sealed anew
npm run rotate-key -- --retire     forget the master keys that wrap nothing any more`;

/** Running servers read their key file once a second; twice that and some, before anything needs the new key. */
const LEARN_MS = 3_000;

const say = (text: string): void => void process.stdout.write(`aerostack  ${text}\n`);
const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`;

interface Parts {
  env: Env;
  db: Db;
  source: MasterKeySource;
}

/** A new master key where the newest one already wraps everything; else goes on with what an earlier run began. */
async function rotateMasterKey({ env, db, source }: Parts): Promise<void> {
  if (source.kind === "environment") await requireTwo(db, (await source.read()) ?? "");
  const { keys } = await loadMasterKey(db, source);
  if (keys.ids.length === 1) {
    await source.add?.(async (text) => noteMasterKeys(db, [(await importMasterKeys(text)).current.id]));
    await keys.refresh?.();
    say(`A new master key ${keys.current.id} was added (${source.name}). Back it up; the old one is still needed.`);
    if (env.gatewayLane === "edge")
      return say(
        "The edge lane reads its keys when it starts: restart the server, then run `npm run rotate-key` again.",
      );
    await sleep(LEARN_MS);
  } else if ((await countToRewrap(db, keys)) === 0) {
    say(`The master key ${keys.current.id} wraps everything already. ${RETIRE}`);
    return;
  } else say(`Going on with the master key ${keys.current.id}.`);
  say(`${count(await rewrapDataKeys(db, keys), "data key")} wrapped anew by ${keys.current.id}. ${RETIRE}`);
}

const RETIRE =
  "The old key stays listed, so that sign-ins, sessions and access tokens hold; it wraps nothing any more. To drop it: `npm run rotate-key -- --retire` (people then sign in again after the next restart).";

/** The environment belongs to the operator; this says what to put there, and goes on once a server has started with it. */
async function requireTwo(db: Db, text: string): Promise<void> {
  const { ids, current } = await importMasterKeys(text);
  const noted = await db.select().from(masterKeysTable).where(eq(masterKeysTable.id, current.id));
  if (ids.length > 1 && noted.length > 0) return;
  throw new StartError(
    "The master key is in the environment, so the new one has to be put there by hand:\n" +
      "  1. make it: openssl rand -base64 32\n" +
      '  2. on every server: AEROSTACK_MASTER_KEY="old,new", and restart them one after another; all can read both now\n' +
      '  3. on every server: AEROSTACK_MASTER_KEY="new,old", and restart them one after another; the new one writes\n' +
      "  4. run this again with the same value: it wraps every data key by the new one\n" +
      '  5. later AEROSTACK_MASTER_KEY="new" alone. Nothing was changed.',
  );
}

const STILL_GIVEN =
  "The older KMS keys are forgotten. A key from before the move to KMS is still given: remove AEROSTACK_MASTER_KEY or its file.";

async function retire({ db, source }: Parts): Promise<void> {
  const { keys } = await loadMasterKey(db, source);
  if (keys.ids.length < 2) return say("There is one master key only; nothing to forget.");
  const left = await countToRewrap(db, keys);
  if (left > 0)
    throw new StartError(`${count(left, "data key")} still need an older key. Run \`npm run rotate-key\` first.`);
  if (source.retire === null)
    return say("Nothing needs the older keys any more: leave only the first one in AEROSTACK_MASTER_KEY, and restart.");
  const kept = await importMasterKeys(await source.retire());
  await db.delete(masterKeysTable).where(notInArray(masterKeysTable.id, [...kept.ids]));
  if (kept.ids.length > 1) say(STILL_GIVEN);
  else say(`Only ${kept.current.id} is left. Running servers follow within seconds.`);
}

async function renewDataKeys({ db, source }: Parts): Promise<void> {
  const { keys } = await loadMasterKey(db, source);
  const done = await rotateDataKeys(db, keys);
  say(
    `New data keys for ${count(done.workspaces, "workspace")}: ${count(done.secrets, "secret")} and the arguments of ${count(done.arguments, "call")} sealed anew.`,
  );
  if (done.unreadable > 0)
    say(`${count(done.unreadable, "secret")} did not open and stayed as they are, with their old key: set them again.`);
}

async function main(args: string[]): Promise<void> {
  const verbs = new Map([
    [undefined, rotateMasterKey],
    ["--data-keys", renewDataKeys],
    ["--retire", retire],
  ]);
  const run = verbs.get(args[0]);
  if (!run || args.length > 1) {
    process.stdout.write(`${USAGE}\n`);
    process.exitCode = args[0] === "--help" ? 0 : 2;
    return;
  }
  const env = readEnv(process.env);
  const root = resolve(import.meta.dirname, "..");
  const { database, stop } = await openDatabaseBeside(env, join(root, "dist/database.js"), createLog());
  try {
    const { db } = database;
    await run({ env, db, source: masterKeySource(db, env, masterKeyPath(process.env)) });
  } finally {
    await stop();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  if (error instanceof EnvError) console.error(error.lines.join("\n"));
  else if (error instanceof StartError || error instanceof AppError) console.error(`aerostack  ${error.message}`);
  else createLog().error("rotate_key.failed", errorFields(error));
}

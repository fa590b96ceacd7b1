import { generateMasterKey } from "@/lib/crypto/master-keys";
import type { Db } from "@/lib/services/context";
import { createAwsKms } from "./aws-kms";
import { kmsSource } from "./kms-source";
import { createMasterKeyFile, readMasterKeyFile, replaceMasterKeyFile } from "./master-key-file";

/** Where the installation's master keys come from. A port: the environment, a file and AWS KMS are behind it. */
export interface MasterKeySource {
  kind: "environment" | "file" | "kms";
  /** For the banner and for messages: a path or a variable's name, nothing secret. */
  name: string;
  /**
   * The keys as base64, separated by commas, the first one writes; null where there is none yet.
   * @throws StartError with what to do
   */
  read(): Promise<string | null>;
  /** Makes the first key of a new installation and gives all keys. @throws StartError */
  create(): Promise<string>;
  /** Makes a new key that writes from now on, with the ones before still readable; gives all keys. Null: only the operator can. @throws StartError */
  add: ((noted: (text: string) => Promise<void>) => Promise<string>) | null;
  /** Forgets all keys but the one that writes; gives what is left. Null: only the operator can. @throws StartError */
  retire: (() => Promise<string>) | null;
  /** How often (ms) a running process looks for a change unasked; null: only when it meets an unknown key. */
  pollMs: number | null;
}

/** What decides where the keys come from. */
export interface KeySettings {
  masterKey: string | null;
  /** Id, ARN or alias of a KMS key; several, separated by commas, while one is replaced: the first one seals. */
  kmsKey: string | null;
}

/**
 * The source that the configuration names: KMS, else the environment, else the file. Behind KMS the other two are still
 * read, so that an installation can move to KMS: start with both, then rotate.
 */
export function masterKeySource(db: Db, settings: KeySettings, path: string): MasterKeySource {
  const local = settings.masterKey === null ? fileSource(path) : environmentSource(settings.masterKey);
  return settings.kmsKey === null ? local : kmsSource(db, createAwsKms(settings.kmsKey), local);
}

function environmentSource(text: string): MasterKeySource {
  const read = async () => text;
  return {
    kind: "environment",
    name: "AEROSTACK_MASTER_KEY",
    read,
    create: read,
    add: null,
    retire: null,
    pollMs: null,
  };
}

function fileSource(path: string): MasterKeySource {
  return {
    kind: "file",
    name: path,
    read: () => readMasterKeyFile(path),
    create: () => createMasterKeyFile(path, generateMasterKey),
    add: async (noted) => {
      const fresh = generateMasterKey();
      await noted(fresh); // before any process can write with it
      return replaceMasterKeyFile(path, (old) => `${fresh},${old}`);
    },
    retire: () => replaceMasterKeyFile(path, (old) => old.split(",", 1)[0] ?? old),
    pollMs: 1_000,
  };
}

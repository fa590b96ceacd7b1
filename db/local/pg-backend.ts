import type { Socket } from "node:net";
import pg from "pg";
import type { Backend, SqlResult, SqlStatement, WireClient, WirePeer } from "./backend";
import { backendMessage, readyMessage } from "./protocol";

/** Commands after which a pooled connection is not what it was; it is dropped instead of lent to the next client. */
const CHANGES_SESSION = /^(SET|RESET|DISCARD|PREPARE|DEALLOCATE|LISTEN|DO|CALL)/;
const CONNECT_MS = 5_000;
const asText = { getTypeParser: () => (value: string) => value };

/**
 * A Postgres elsewhere. `/sql` goes through a pool. Each wire client gets its own connection to the upstream: `pg` logs
 * in there (TLS, SCRAM and all are its work, and clients never learn the upstream's password), then its socket is taken
 * over and bytes pass both ways unread.
 */
export function openPostgres(databaseUrl: string): Backend {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, connectionTimeoutMillis: CONNECT_MS });
  pool.on("error", () => {});
  pool.on("connect", (client) => void prepare(client));
  const tunnels = new Set<Socket>();
  return {
    async run(statements, begin) {
      const client = await pool.connect();
      let clean = false;
      try {
        if (begin !== null) await client.query(begin);
        const results: SqlResult[] = [];
        for (const statement of statements) results.push(await execute(client, statement));
        if (begin !== null) await client.query("COMMIT");
        clean = !statements.some(
          (statement, at) => CHANGES_SESSION.test(results[at]?.command ?? "") || /set_config/i.test(statement.text),
        );
        return results;
      } catch (error) {
        clean = await client.query("ROLLBACK").then(
          () => true,
          () => false,
        );
        throw error;
      } finally {
        client.release(!clean);
      }
    },
    connect: (startup, peer) => tunnel(databaseUrl, startup, peer, tunnels),
    async close() {
      for (const socket of tunnels) socket.destroy();
      await pool.end();
    },
  };
}

/** No compiling: for a chart it takes longer than the statement itself. An upstream that does not know the setting has no compiler. */
const prepare = (client: pg.ClientBase): Promise<unknown> => client.query("SET jit = off").catch(() => {});

async function execute(client: pg.PoolClient, { text, params }: SqlStatement): Promise<SqlResult> {
  const { command, rowCount, fields, rows } = await client.query<(string | null)[]>({
    text,
    values: params,
    rowMode: "array",
    queryMode: "extended",
    types: asText,
  } as pg.QueryArrayConfig);
  return { command, rowCount, fields: fields.map((field) => ({ ...field, format: "text" })), rows };
}

/** The parts of `pg`'s client that its types do not show. */
interface Inside {
  connection: {
    stream: Socket;
    on(event: string, listener: (message: { parameterName: string; parameterValue: string }) => void): void;
  };
  processID: number;
  secretKey: number;
}

async function tunnel(
  databaseUrl: string,
  startup: Record<string, string>,
  peer: WirePeer,
  tunnels: Set<Socket>,
): Promise<WireClient> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: startup.application_name ?? "aerostack",
    options: startup.options,
  });
  client.on("error", () => {});
  const { connection } = client as unknown as Inside;
  const parameters: Buffer[] = [];
  connection.on("parameterStatus", ({ parameterName, parameterValue }) => {
    parameters.push(backendMessage("S", parameterName, parameterValue));
  });
  await client.connect();
  await prepare(client);
  const { processID, secretKey } = client as unknown as Inside;
  const socket = connection.stream;
  socket.removeAllListeners("data");
  tunnels.add(socket);
  socket.on("data", (bytes: Buffer) => peer.send(bytes));
  socket.on("close", () => {
    tunnels.delete(socket);
    peer.end();
  });
  peer.send(
    Buffer.concat([
      backendMessage("R", 0),
      ...parameters,
      backendMessage("K", processID, secretKey),
      readyMessage("I"),
    ]),
  );
  return {
    receive: (chunk) => void socket.write(chunk),
    // The upstream rolls back when its connection ends.
    closed: () => void socket.end(),
  };
}

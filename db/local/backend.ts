/** One statement of a `/sql` request, its values in text form. */
export interface SqlStatement {
  text: string;
  params: (string | null)[];
}

/** A column as Neon's HTTP answer describes it. */
export interface SqlField {
  name: string;
  tableID: number;
  columnID: number;
  dataTypeID: number;
  dataTypeSize: number;
  dataTypeModifier: number;
  format: string;
}

/** What a statement gave, values as Postgres writes them in text form. */
export interface SqlResult {
  command: string;
  rowCount: number | null;
  fields: SqlField[];
  rows: (string | null)[][];
}

/** Where a wire client's answers go. */
export interface WirePeer {
  send(bytes: Buffer): void;
  /** Closes the client's connection, after what was sent. */
  end(): void;
}

/** One connected wire client, past our secret check. */
export interface WireClient {
  receive(chunk: Buffer): void;
  /** The client is gone; an open transaction is rolled back. */
  closed(): void;
}

/** A database behind the endpoint: the embedded one, or a Postgres elsewhere. Both serve the same two doors. */
export interface Backend {
  /**
   * Runs one statement by itself, or several in one transaction that `begin` opens.
   * @throws an error with Postgres's fields (`code`, `constraint`, …) where a statement failed; then nothing is kept
   */
  run(statements: SqlStatement[], begin: string | null): Promise<SqlResult[]>;
  /** Answers the startup message (from AuthenticationOk to ReadyForQuery) and serves the client from then on. */
  connect(startup: Record<string, string>, peer: WirePeer): Promise<WireClient>;
  /** Rolls back what is open and closes the database cleanly. */
  close(): Promise<void>;
}

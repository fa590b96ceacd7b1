/** Why the server cannot start, in words for the operator: what is wrong and what to do. Ends the process with code 1. */
export class StartError extends Error {
  override readonly name = "StartError";
}

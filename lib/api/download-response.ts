/** A file made while it is sent. */
export interface Download {
  /** Only letters, digits, `-`, `_` and `.`. */
  filename: string;
  chunks: AsyncGenerator<string, void, undefined>;
}

/** An export as a download. A piece is made when the client has taken the one before; a client that leaves ends the reading. */
export function downloadResponse({ filename, chunks }: Download, type: string): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await chunks.return();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${filename}"`,
    },
  });
}

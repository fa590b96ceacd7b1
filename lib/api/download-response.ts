import type { ExportFile } from "@/lib/services/export/record";

const TYPES = {
  csv: "text/csv; charset=utf-8; header=present",
  jsonl: "application/jsonl; charset=utf-8",
};

/** An export as a download. A piece is made when the client has taken the one before; a client that leaves ends the reading. */
export function downloadResponse({ filename, format, bytes, chunks }: ExportFile): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="${filename}"`,
      ...(bytes !== null && { "content-length": String(bytes) }),
    },
  });
}

import { getRequestListener } from "@hono/node-server";

const { Request: NativeRequest, Response: NativeResponse } = globalThis;
getRequestListener(() => new NativeResponse()); // puts its own classes in place of the global ones
const Light = globalThis.Response;
Object.defineProperty(globalThis, "Request", { value: NativeRequest, configurable: true, writable: true });
Object.defineProperty(globalThis, "Response", { value: NativeResponse, configurable: true, writable: true });

/**
 * @hono/node-server's Response, which keeps status, headers and text as they are instead of building streams from
 * them. The bundler (`build.mjs`) puts it wherever our server's code says `Response`; Next, which shares the process,
 * keeps the native class.
 */
export { Light as Response };

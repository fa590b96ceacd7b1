/** Names of the sockets in a process's folder. */
export const SOCKETS = { front: "front.sock", control: "control.sock", egress: "egress.sock" } as const;

/** Name of the host worker beside the configuration; `embed` takes no absolute path. */
export const HOST_FILE = "host.js";

/**
 * workerd's configuration for one process: the host worker with its bindings, everything over Unix sockets, no way to
 * the network at all. `http` proxy style on the egress keeps the whole URL in the request line.
 * @param folder holds the sockets; absolute
 * @param heapMb JavaScript heap of each isolate
 */
export function workerdConfig(folder: string, heapMb: number): string {
  const socket = (name: string) => JSON.stringify(`unix:${folder}/${name}`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = ["--max-heap-size=${heapMb}"],
  services = [
    (name = "host", worker = .host),
    (name = "nowhere", network = (allow = [])),
    (name = "control", external = (address = ${socket(SOCKETS.control)}, http = ())),
    (name = "egress", external = (address = ${socket(SOCKETS.egress)}, http = (style = proxy))),
  ],
  sockets = [(name = "front", address = ${socket(SOCKETS.front)}, http = (), service = "host")],
);
const host :Workerd.Worker = (
  modules = [(name = "${HOST_FILE}", esModule = embed "${HOST_FILE}")],
  compatibilityDate = "2026-01-01",
  globalOutbound = "nowhere",
  bindings = [
    (name = "LOADER", workerLoader = (id = "functions")),
    (name = "CONTROL", service = "control"),
    (name = "EGRESS", service = "egress"),
    (name = "BOOT_KEY", fromEnvironment = "RT_BOOT_KEY"),
  ],
);
`;
}

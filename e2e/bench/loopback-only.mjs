/** Preloaded into the peer, which would look for its marketplace on the internet: no name but localhost resolves. */
import dns from "node:dns";

const { lookup } = dns;
dns.lookup = (name, ...rest) => {
  if (name === "localhost" || /^127\./.test(name)) return lookup(name, ...rest);
  const callback = rest.at(-1);
  process.nextTick(callback, Object.assign(new Error("only loopback here"), { code: "ENOTFOUND" }));
};

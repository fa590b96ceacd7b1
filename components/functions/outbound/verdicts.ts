/** Why the egress turned a request away, in words; `ok` where it did not. */
export const VERDICTS: Record<string, { label: string; meaning: string }> = {
  ok: { label: "Sent", meaning: "It reached the host." },
  bad_request: { label: "Malformed", meaning: "The request could not be understood." },
  method_not_allowed: { label: "Method refused", meaning: "This HTTP method is not sent out." },
  host_not_allowed: { label: "Host not declared", meaning: "Add the host to hosts in defineServer and deploy." },
  port_not_allowed: { label: "Port not declared", meaning: "Add the port to the host's ports and deploy." },
  https_required: { label: "Needs https", meaning: "Use https, or declare the host with http: true." },
  websocket_not_allowed: { label: "No WebSocket", meaning: "Functions cannot open WebSockets." },
  address_not_allowed: {
    label: "Private address",
    meaning: "The host leads to a private network; the operator and the manifest must both allow it.",
  },
  secret_location: {
    label: "Secret misplaced",
    meaning: "A secret stood where it is not bound to; see in: of the secret.",
  },
  secret_not_bound_to_host: { label: "Secret for another host", meaning: "The secret is not bound to this host." },
  secret_not_set: { label: "Secret not set", meaning: "The secret has no value; set it under Settings." },
  request_too_large: { label: "Too large", meaning: "The request's body was over 8 MiB." },
  too_many_requests: { label: "Too many at once", meaning: "A function has at most 20 requests under way." },
  upstream_error: { label: "No answer", meaning: "The host could not be reached, or its answer broke off." },
};

/** The words for a verdict; an unknown one stands for itself. */
export const verdictOf = (verdict: string) => VERDICTS[verdict] ?? { label: verdict, meaning: "" };

import { type ExternalToast, toast as sonner } from "sonner";

interface ErrorToast extends ExternalToast {
  /** Under which the log has the cause; can be copied from the toast. */
  requestId?: string;
}

/** Short remarks at the screen's corner. Success goes by itself, an error stays until it is read; forms show theirs in place. */
export const toast = {
  success: (title: string, options?: ExternalToast) => sonner.success(title, options),
  info: (title: string, options?: ExternalToast) => sonner.info(title, options),
  warning: (title: string, options?: ExternalToast) => sonner.warning(title, options),
  error: (title: string, { requestId, ...options }: ErrorToast = {}) =>
    sonner.error(title, {
      duration: Number.POSITIVE_INFINITY,
      ...(requestId && {
        action: { label: "Copy request id", onClick: () => void navigator.clipboard?.writeText(requestId) },
      }),
      ...options,
    }),
};

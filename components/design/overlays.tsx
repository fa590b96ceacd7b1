"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyOnce } from "@/components/ui/copy-once";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { Tooltip } from "@/components/ui/tooltip";

export function Overlays() {
  const [open, setOpen] = useState<"modal" | "drawer" | "once" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="secondary" onClick={() => setOpen("modal")}>
        Dialog
      </Button>
      <Button variant="secondary" onClick={() => setOpen("drawer")}>
        Drawer
      </Button>
      <Button variant="secondary" onClick={() => setOpen("once")}>
        Copy once
      </Button>
      <Menu trigger={<Button variant="secondary">Menu</Button>}>
        <MenuLabel>Server</MenuLabel>
        <MenuItem>
          <Pencil aria-hidden /> Rename
        </MenuItem>
        <MenuSeparator />
        <MenuItem tone="bad">
          <Trash2 aria-hidden /> Remove
        </MenuItem>
      </Menu>
      <Popover label="Popover" className="p-4 text-sm" trigger={<Button variant="secondary">Popover</Button>}>
        A small panel beside its button.
      </Popover>
      <Tooltip text="A short remark">
        <Button variant="secondary">Tooltip</Button>
      </Tooltip>
      <Dialog
        open={open === "modal" || open === "drawer"}
        onOpenChange={close}
        title="A dialog"
        description="It holds the focus and gives it back."
        kind={open === "drawer" ? "drawer" : "modal"}
      >
        <p className="text-soft text-sm">Its content.</p>
        <DialogActions>
          <Button onClick={close}>Done</Button>
        </DialogActions>
      </Dialog>
      {open === "once" && (
        <CopyOnce
          title="Your token"
          description="It is shown once."
          label="token"
          value="mwt_example"
          onClose={close}
        />
      )}
    </div>
  );
}

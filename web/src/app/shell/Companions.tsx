import { ConfirmHost } from "../ConfirmHost";
import { useFollower } from "../follow/useFollower";
import { useUploadNotices } from "../useUploadNotices";
import { DropTarget } from "./DropTarget";

/** What goes on beside the pages and shows nothing at first. It comes after them, so that they come sooner. */
export function Companions() {
  useFollower();
  useUploadNotices();
  return (
    <>
      <DropTarget />
      <ConfirmHost />
    </>
  );
}

import { SkeletonRows } from "@/ui/Skeleton";

/** While a page's code is on the way; pages bring their own skeletons for their data. */
export function PagePending() {
  return <SkeletonRows />;
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { searchQuery } from "@/api/search";
import { useSettled } from "@/hooks/useSettled";

/** Of each list. */
export const MOST_FOUND = 24;

/**
 * What is found for some words, asked for after a short pause in typing. Until it comes, what was found before
 * stays; a request that nobody waits for any more is given up.
 */
export function useSearchResult(words: string) {
  const settled = useSettled(words);
  const asked = words === "" ? "" : settled;
  const result = useQuery({
    ...searchQuery(asked, MOST_FOUND),
    enabled: asked !== "",
    placeholderData: keepPreviousData,
  });
  return {
    found: words === "" || asked === "" ? undefined : result.data,
    /** The words that what is found belongs to; null while it is that of the words before. */
    foundFor: result.isPlaceholderData || result.data === undefined ? null : asked,
    error: asked === "" ? null : result.error,
    retry: () => void result.refetch(),
  };
}

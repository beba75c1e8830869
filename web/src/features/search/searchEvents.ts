import { Emitter } from "@/lib/emitter";

/** Between the field, wherever it stands, and the page below it. */
export const searchEvents = new Emitter<{
  /** Enter in the field: play or open the best of what these words find. */
  open: string;
  /** Arrow down in the field: on into the results. */
  intoResults: undefined;
  /** Arrow up from the first result: back to the field. */
  intoField: undefined;
}>();

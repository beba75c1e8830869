import { useTranslation } from "react-i18next";

import { MenuChoice, MenuPart } from "./MenuParts";

interface RatingItemsProps {
  /** Null where several have different ones. */
  rating: number | null;
  onRate: (rating: number) => void;
}

const RATINGS = [5, 4, 3, 2, 1, 0];

/** The entry of a menu that rates, with the ratings beside it. */
export function RatingItems({ rating, onRate }: RatingItemsProps) {
  const { t } = useTranslation("rows");
  return (
    <MenuPart icon="star" label={t("rate")}>
      <MenuChoice
        value={rating === null ? "" : String(rating)}
        options={RATINGS.map((stars) => ({
          value: String(stars),
          label: stars === 0 ? t("noRating") : t("stars", { count: stars }),
        }))}
        onChange={(stars) => onRate(Number(stars))}
      />
    </MenuPart>
  );
}

import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { usePreferences, preferences } from "@/hooks/usePreferences";
import { useSession } from "@/hooks/useSession";
import { changeLanguage } from "@/i18n/i18n";
import { type Language, LANGUAGES } from "@/i18n/languages";
import { THEMES } from "@/lib/theme";
import { Icon } from "@/ui/Icon";
import { Menu } from "@/ui/Menu";
import { MenuChoice, MenuItem, MenuLabel, MenuLine, MenuLink } from "@/ui/MenuParts";

import { AccountButton } from "./AccountButton";
import { useSignOut } from "./useSignOut";

const languages = (Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, label: LANGUAGES[value] }));

/** Profile, looks, language and the way out. It opens as soon as it is there. */
export function OpenAccountMenu({ onShowKeys }: { onShowKeys: () => void }) {
  const { t, i18n } = useTranslation("shell");
  const user = useSession();
  const { theme } = usePreferences();
  const signOut = useSignOut();
  return (
    <Menu trigger={<AccountButton />} defaultOpen>
      <MenuLink>
        <Link to="/profile">
          <Icon name="artists" />
          {t("account.profile")}
        </Link>
      </MenuLink>
      <MenuLink>
        <Link to="/history">
          <Icon name="clock" />
          {t("account.history")}
        </Link>
      </MenuLink>
      {user?.role === "admin" && (
        <MenuLink>
          <Link to="/admin/$">
            <Icon name="server" />
            {t("account.admin")}
          </Link>
        </MenuLink>
      )}
      <MenuItem icon="settings" onSelect={onShowKeys}>
        {t("account.keys")}
      </MenuItem>
      <MenuLine />
      <MenuLabel>{t("account.theme")}</MenuLabel>
      <MenuChoice
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`account.${value}`) }))}
        onChange={(chosen) => preferences.setTheme(chosen)}
      />
      <MenuLine />
      <MenuLabel>{t("account.language")}</MenuLabel>
      <MenuChoice
        value={i18n.language as Language}
        options={languages}
        onChange={(chosen) => void changeLanguage(chosen)}
      />
      <MenuLine />
      <MenuItem icon="back" onSelect={signOut}>
        {t("account.signOut")}
      </MenuItem>
    </Menu>
  );
}

import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useSession } from "@/hooks/useSession";
import { useTitle } from "@/hooks/useTitle";
import { formatDate } from "@/lib/format";
import { Avatar } from "@/ui/Avatar";
import { buttonClass } from "@/ui/buttonClass";
import { Title } from "@/ui/Title";

import { Appearance } from "./Appearance";
import { NameForm } from "./NameForm";
import { PasswordForm } from "./PasswordForm";
import { PlainNotice } from "./PlainNotice";
import styles from "./ProfilePage.module.css";
import { Section } from "./Section";
import { SecurityLink } from "./SecurityLink";
import { Sessions } from "./Sessions";
import { SoundQuality } from "./SoundQuality";
import { YourData } from "./YourData";

/** One's account and the choices of this device. */
export function ProfilePage() {
  const { t, i18n } = useTranslation("profile");
  const user = useSession();
  useTitle(t("title"));
  if (user === null) return null;
  const name = user.displayName || user.username;
  return (
    <div className={styles["page"]}>
      <header className={styles["head"]}>
        <span className={styles["avatar"]}>
          <Avatar name={name} url={user.avatarUrl} />
        </span>
        <div className={styles["who"]}>
          <h1>
            <Title>{name}</Title>
          </h1>
          <p className="ink2">
            {user.username} · {user.email}
          </p>
          <p className="ink3">{t("since", { date: formatDate(user.createdAt, i18n.language) })}</p>
        </div>
      </header>
      <PlainNotice />
      <NameForm user={user} />
      <Appearance />
      <SoundQuality />
      <PasswordForm />
      <Section title={t("edits.title")} about={t("edits.about")}>
        <Link to="/edits" className={buttonClass({ kind: "plain" })}>
          {t("edits.open")}
        </Link>
      </Section>
      <SecurityLink />
      <Sessions />
      <YourData user={user} />
    </div>
  );
}

import { page } from "../routes/page";

/**
 * The pages of the admin's house in the order of its navigation: the one place where a page is added. `path` is what
 * follows /admin/, `text` the name in the navigation (texts of the namespace "admin").
 */
export const adminPages = [
  {
    path: "",
    text: "nav.overview",
    Page: page("admin", () => import("@/features/admin/OverviewPage"), "OverviewPage"),
  },
  {
    path: "members",
    text: "nav.members",
    Page: page("members", () => import("@/features/members/MembersPage"), "MembersPage"),
  },
  {
    path: "libraries",
    text: "nav.libraries",
    Page: page("admin", () => import("@/features/admin/LibrariesPage"), "LibrariesPage"),
  },
  {
    path: "scan",
    text: "nav.scan",
    Page: page("admin", () => import("@/features/admin/ScanPage"), "ScanPage"),
  },
  {
    path: "missing",
    text: "nav.missing",
    Page: page("admin", () => import("@/features/admin/MissingPage"), "MissingPage"),
  },
  {
    path: "storage",
    text: "nav.storage",
    Page: page("admin", () => import("@/features/admin/StoragePage"), "StoragePage"),
  },
  {
    path: "sessions",
    text: "nav.sessions",
    Page: page("audit", () => import("@/features/audit/AllSessionsPage"), "AllSessionsPage"),
  },
  {
    path: "audit",
    text: "nav.audit",
    Page: page("audit", () => import("@/features/audit/AuditPage"), "AuditPage"),
  },
  {
    path: "configuration",
    text: "nav.configuration",
    Page: page("admin", () => import("@/features/admin/ConfigurationPage"), "ConfigurationPage"),
  },
  {
    path: "log",
    text: "nav.log",
    Page: page("admin", () => import("@/features/admin/LogPage"), "LogPage"),
  },
] as const;

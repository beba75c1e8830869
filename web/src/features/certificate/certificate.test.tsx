import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";

import { CertificatePage } from "./CertificatePage";
import { guessDevice } from "./device";

const certificate = {
  fingerprint: "AA:BB:CC",
  validUntil: "2036-03-01T12:00:00Z",
  hosts: ["192.168.1.5", "nas.local"],
  installUrl: "http://192.168.1.5:5000/certificate",
  secureUrls: ["https://192.168.1.5:5443", "https://nas.local:5443"],
};

test("the certificate is fetched, compared and installed, and the secure addresses are named", async () => {
  fakeApi({ "GET /certificate": () => [200, certificate] });
  await renderPage(CertificatePage);
  const link = await screen.findByRole("link", { name: "Download certificate" });
  expect(link).toHaveAttribute("href", "/api/certificate/authority.crt");
  expect(screen.getByText("AA:BB:CC")).toBeVisible();
  expect(screen.getByRole("img", { name: `QR code of ${certificate.installUrl}` })).toBeVisible();
  for (const address of certificate.secureUrls)
    expect(screen.getByRole("link", { name: address })).toHaveAttribute("href", address);
});

test("the steps are those of the chosen device", async () => {
  fakeApi({ "GET /certificate": () => [200, certificate] });
  await renderPage(CertificatePage);
  const install = within(await screen.findByRole("region", { name: "Install it" }));
  await userEvent.click(install.getByRole("radio", { name: "iPhone, iPad" }));
  expect(install.getAllByRole("listitem")).toHaveLength(3);
  expect(install.getByText(/Certificate Trust Settings/)).toBeVisible();
  await userEvent.click(install.getByRole("radio", { name: "Windows" }));
  expect(install.queryByText(/Certificate Trust Settings/)).toBeNull();
  expect(install.getByText(/Trusted Root Certification Authorities/)).toBeVisible();
});

test("a server without an authority of its own says so; one that is away can be asked again", async () => {
  let status = 404;
  fakeApi({
    "GET /certificate": () =>
      status === 200 ? [200, certificate] : [status, { error: "No", code: "not_found" }],
  });
  const first = await renderPage(CertificatePage);
  expect(await screen.findByRole("heading", { name: "No certificate to install" })).toBeVisible();
  first.unmount();
  status = 500;
  await renderPage(CertificatePage);
  expect(await screen.findByRole("alert")).toHaveTextContent("could not be fetched");
  status = 200;
  await userEvent.click(screen.getByRole("button", { name: "Try now" }));
  expect(await screen.findByText("AA:BB:CC")).toBeVisible();
});

test.each([
  ["Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "android"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "ios"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) FxiOS/130.0 Mobile Safari/604.1", "ios"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "macos"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36", "windows"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", "firefox"],
  ["something else", "linux"],
])("%s is %s", (userAgent, device) => {
  expect(guessDevice(userAgent)).toBe(device);
});

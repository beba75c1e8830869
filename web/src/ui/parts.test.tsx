import { act, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, test, vi } from "vitest";

import { Toasts } from "@/lib/toasts";
import { startTexts } from "@/test/render";

import { Button } from "./Button";
import { Cover } from "./Cover";
import { Dialog } from "./Dialog";
import { ErrorState } from "./ErrorState";
import { IconButton } from "./IconButton";
import { Menu } from "./Menu";
import { MenuChoice, MenuItem } from "./MenuParts";
import { Seek } from "./Seek";
import { Slider } from "./Slider";
import { ToastRegion } from "./ToastRegion";

beforeAll(startTexts);

test("a disabled button keeps the focus and does nothing", async () => {
  const press = vi.fn();
  render(
    <Button disabled onClick={press}>
      Save
    </Button>,
  );
  await userEvent.tab();
  expect(screen.getByRole("button")).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(press).not.toHaveBeenCalled();
});

test("a switch with a drawing says its name and whether it is on", () => {
  render(<IconButton icon="shuffle" label="Shuffle" pressed />);
  expect(screen.getByRole("button", { name: "Shuffle", pressed: true })).toBeVisible();
});

describe("a cover", () => {
  test("asks for files of several widths", () => {
    const { container } = render(<Cover url="/api/songs/1/cover?v=2" title="Kestrel" hue={20} size={180} />);
    const image = container.querySelector("img");
    expect(image).toHaveAttribute("src", "/api/songs/1/cover?v=2&size=256");
    expect(image?.srcset).toContain("/api/songs/1/cover?v=2&size=512 512w");
    expect(image).toHaveAttribute("alt", "");
  });

  test("that is missing or broken shows the first letter", () => {
    const { container, rerender } = render(<Cover url={null} title="¡Kestrel" hue={20} size={40} />);
    expect(container).toHaveTextContent(/^K$/);
    rerender(<Cover url="/broken" title="潮見表" hue={20} size={40} />);
    fireEvent.error(container.querySelector("img") as HTMLImageElement);
    expect(container).toHaveTextContent(/^潮$/);
  });
});

describe("the rule of a song", () => {
  const source = { read: () => 95, running: () => false, subscribe: () => () => undefined };
  const describePosition = (position: string, total: string) => `${position} of ${total}`;

  function show(duration: number) {
    const seek = vi.fn();
    render(
      <Seek label="Position" duration={duration} source={source} onSeek={seek} describe={describePosition} />,
    );
    return { seek, slider: screen.getByRole("slider", { name: "Position" }) };
  }

  test("says where it stands", () => {
    const { slider } = show(252);
    expect(slider.ariaValueText).toBe("1:35 of 4:12");
    expect(slider.ariaValueNow).toBe("95");
  });

  test.each([
    ["ArrowRight", 100],
    ["ArrowLeft", 90],
    ["PageUp", 120],
    ["Home", 0],
    ["End", 252],
  ])("%s seeks to %i seconds", (key, seconds) => {
    const { seek, slider } = show(252);
    fireEvent.keyDown(slider, { key });
    expect(seek).toHaveBeenCalledExactlyOnceWith(seconds);
  });

  test("a press seeks to its place, also after a drag", () => {
    const { seek, slider } = show(200);
    slider.getBoundingClientRect = () => ({ left: 100, width: 400 }) as DOMRect;
    fireEvent.pointerDown(slider, { button: 0, clientX: 200, pointerId: 1 });
    fireEvent.pointerMove(slider, { clientX: 400, pointerId: 1 });
    expect(seek).not.toHaveBeenCalled();
    fireEvent.pointerUp(slider, { clientX: 400, pointerId: 1 });
    expect(seek).toHaveBeenCalledExactlyOnceWith(150);
  });

  test("is idle without a song", () => {
    const { seek, slider } = show(0);
    fireEvent.keyDown(slider, { key: "ArrowRight" });
    expect(seek).not.toHaveBeenCalled();
    expect(slider).toHaveAttribute("aria-disabled", "true");
  });
});

test("a slider goes in steps of five percent and stays in its bounds", () => {
  const change = vi.fn();
  render(<Slider label="Volume" value={0.98} onChange={change} />);
  const slider = screen.getByRole("slider", { name: "Volume" });
  expect(slider).toHaveAttribute("aria-valuetext", "98%");
  fireEvent.keyDown(slider, { key: "ArrowUp" });
  fireEvent.keyDown(slider, { key: "ArrowDown" });
  expect(change.mock.calls.map(([value]) => Number(value).toFixed(2))).toEqual(["1.00", "0.93"]);
});

test("a menu opens by keyboard, acts and gives the focus back", async () => {
  const remove = vi.fn();
  const choose = vi.fn();
  render(
    <Menu trigger={<IconButton icon="more" label="More" />}>
      <MenuItem onSelect={remove}>Remove</MenuItem>
      <MenuChoice
        value="a"
        options={[
          { value: "a", label: "First" },
          { value: "b", label: "Second" },
        ]}
        onChange={choose}
      />
    </Menu>,
  );
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  await userEvent.click(screen.getByRole("menuitemradio", { name: "Second" }));
  expect(choose).toHaveBeenCalledExactlyOnceWith("b");
  await userEvent.click(screen.getByRole("menuitem", { name: "Remove" }));
  expect(remove).toHaveBeenCalledOnce();
  expect(screen.queryByRole("menu")).toBeNull();
  expect(screen.getByRole("button", { name: "More" })).toHaveFocus();
});

test("a dialog has a name and closes with Escape", async () => {
  const close = vi.fn();
  render(
    <Dialog open onClose={close} title="Delete this playlist?">
      <p>Its songs stay.</p>
    </Dialog>,
  );
  expect(screen.getByRole("dialog", { name: "Delete this playlist?" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  expect(close).toHaveBeenCalledOnce();
});

test("an error counts down and tries again by itself", async () => {
  vi.useFakeTimers();
  const retry = vi.fn();
  render(<ErrorState title="The server does not answer." onRetry={retry} retryIn={2} />);
  expect(screen.getByRole("alert")).toHaveTextContent("0:02");
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(screen.getByRole("alert")).toHaveTextContent("0:01");
  expect(retry).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(retry).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

test("messages appear, are not doubled, and can be sent away", async () => {
  const source = new Toasts();
  render(<ToastRegion source={source} />);
  act(() => {
    source.push("Saved");
    source.push("Saved");
  });
  expect(screen.getByRole("log")).toHaveTextContent("Saved");
  await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByText("Saved")).toBeNull();
});

import { expect, test } from "vitest";
import { leftStanding, standingAfter } from "../../../catalog/terraform-plan/left-standing.ts";
import { recordedPlan } from "../../plans/recorded.ts";

const VOLUME = "openstack_blockstorage_volume_v3.api-1-data";
const ATTACHMENT = "openstack_compute_volume_attach_v2.api-1-data";

test("What a recorded plan lets go of stands in the cloud afterwards, as it was and where it was", () => {
  const { before, after, changes } = recordedPlan("forget");
  expect(after.map(({ address }) => address)).not.toContain(VOLUME);
  expect(changes.flatMap((each) => leftStanding(each)?.address ?? [])).toEqual([VOLUME, ATTACHMENT]);
  const standing = standingAfter(after, changes);
  expect(standing.map(({ address }) => address)).toEqual(before.map(({ address }) => address));
  expect(standing.find(({ address }) => address === VOLUME)).toBe(before.find(({ address }) => address === VOLUME));
});

test("Where nothing is let go of, the state's list is handed on as it is", () => {
  for (const plan of ["no-op", "volume-remove", "import", "volume-create-before-destroy"]) {
    const { after, changes } = recordedPlan(plan);
    expect(standingAfter(after, changes)).toBe(after);
  }
});

test("An old object that its replacement leaves behind stands beside it, at an address of its own", () => {
  const { after, changes } = recordedPlan("volume-create-before-destroy");
  const [volume] = changes;
  if (volume?.before === undefined) throw new Error("wanted the recorded volume");
  const { address, type, action, before, cause, damage } = volume;
  const replaced = { address, type, action, before, after: volume.after, cause, damage, order: "forget" } as const;
  const standing = standingAfter(after, [replaced]);
  expect(standing.map((each) => [each.address, each.values["image_id"]])).toEqual([
    [address, "c4db0f08-e0fa-4e9b-8321-40bd93f15795"],
    [`${address} (forgotten)`, "b06c21f4-56ac-4a0a-b85a-d03b2a171a81"],
  ]);
});

import type { Catalogue } from "../catalogue.ts";
import type { Family } from "../pool.ts";
import type { Reporter } from "../source/reporter.ts";
import type { Path } from "../source/source-file.ts";
import { text } from "../text.ts";

const IMAGE = text("镜像", "image");

/** The image exists in the pool and runs on the family of processors; a GPU box has no family. */
export function checkImage(
  path: Path,
  key: string,
  fits: { readonly pool: string; readonly family?: Family },
  { images }: Catalogue,
  errors: Reporter,
): void {
  const { pool, family } = fits;
  const image = images.get(key);
  const fitting = [...images.values()]
    .filter((each) => each.pools[pool] !== undefined && (family === undefined || each.families.includes(family)))
    .map((each) => each.key);
  if (image === undefined || image.pools[pool] === undefined) errors.reportUnknown(path, IMAGE, key, fitting);
  else if (family !== undefined && !image.families.includes(family)) {
    errors.report(
      path,
      "contradiction",
      text(
        `镜像 ${key} 不能用于 ${family}；可用：${fitting.join("、")}`,
        `Cannot run image ${key} on family ${family}: wanted one of ${fitting.join(", ")}`,
      ),
    );
  }
}

/** What can be said of the images while the pool is not known: one that no pool has is wrong whichever was meant. */
export function checkImagesOfAnyPool(
  servers: readonly [string, { readonly image: string }][],
  { images }: Catalogue,
  errors: Reporter,
): void {
  const known = [...images.keys()];
  for (const [key, { image }] of servers) {
    if (!known.includes(image)) errors.reportUnknown(["servers", key, "image"], IMAGE, image, known);
  }
}

/** The system disk holds the image that boots from it. */
export function checkBootDisk(path: Path, sizeGb: number, image: string, { images }: Catalogue, errors: Reporter): void {
  const least = images.get(image)?.minDiskGb ?? 0;
  if (sizeGb < least) {
    errors.report(
      path,
      "out-of-range",
      text(
        `系统盘 ${sizeGb} GB 放不下镜像 ${image}，至少 ${least} GB`,
        `Cannot boot image ${image} from ${sizeGb} GB: it needs ${least} GB`,
      ),
    );
  }
}

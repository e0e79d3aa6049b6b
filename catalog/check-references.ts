import type { Catalogue } from "./catalogue.ts";
import { contains, readCidr } from "./cidr.ts";
import type { Contract } from "./contract.ts";
import type { Rack } from "./pool.ts";
import type { Diagnostic } from "./source/diagnostic.ts";
import { Reporter } from "./source/reporter.ts";
import type { Path, SourceFile } from "./source/source-file.ts";
import { counted, text } from "./text.ts";

export function checkPools(source: SourceFile, { pools, images, items }: Catalogue, diagnostics: Diagnostic[]): void {
  const errors = new Reporter(source, diagnostics);
  for (const [key, pool] of pools) {
    const image = images.get(pool.gpuImage);
    if (image?.pools[key] === undefined) {
      errors.report(
        ["pools", key, "gpuImage"],
        "unknown-reference",
        text(`资源池 ${key} 没有镜像 ${pool.gpuImage}`, `Cannot find image ${pool.gpuImage} in pool ${key}`),
      );
    }
    const { smallest, largest } = pool.server;
    if (smallest.cpu > largest.cpu || smallest.memoryGb > largest.memoryGb) {
      errors.report(
        ["pools", key, "server", "smallest"],
        "contradiction",
        text("最低配置大于最高配置", "Cannot accept a smallest server above the largest"),
      );
    }
    const { volumeTypes, externalNetwork } = pool.openstack;
    if (volumeTypes.sas === volumeTypes.ssd) {
      errors.report(
        ["pools", key, "openstack", "volumeTypes", "ssd"],
        "contradiction",
        text("SAS 和 SSD 不能是同一个卷类型，价格不同", "Cannot use one volume type for SAS and SSD: they have different prices"),
      );
    }
    const outside = readCidr(externalNetwork.cidr);
    const gateway = readCidr(`${externalNetwork.gateway}/32`);
    if (outside !== undefined && (gateway === undefined || !contains(outside, gateway))) {
      errors.report(
        ["pools", key, "openstack", "externalNetwork", "gateway"],
        "out-of-range",
        text(
          `网关不在外部网络 ${externalNetwork.cidr} 内`,
          `Cannot accept gateway ${externalNetwork.gateway}: it lies outside ${externalNetwork.cidr}`,
        ),
      );
    }
    const range = readCidr(pool.range);
    for (const [index, prefix] of pool.openstack.subnetPool.prefixes.entries()) {
      const inner = readCidr(prefix);
      if (range !== undefined && inner !== undefined && !contains(range, inner)) {
        errors.report(
          ["pools", key, "openstack", "subnetPool", "prefixes", index],
          "out-of-range",
          text(`${prefix} 不在资源池网段 ${pool.range} 内`, `Cannot accept ${prefix}: it lies outside the pool's range ${pool.range}`),
        );
      }
    }
    for (const [name, rack] of Object.entries(pool.racks)) checkRack(["pools", key, "racks", name], rack, items, errors);
  }
}

/** What is sold as line 18 or 19 has the height and power that the line promises, or the tenant pays for what is not there. */
function checkRack(path: Path, rack: Rack, items: Catalogue["items"], errors: Reporter): void {
  const item = items.get(rack.class === "standard" ? "18" : "19");
  for (const attribute of ["heightU", "powerW"] as const) {
    const least = item?.specification[attribute] ?? 0;
    if (rack[attribute] >= least) continue;
    const message = text(
      `机柜（${rack.class}）的 ${attribute} 写的是 ${rack[attribute]}，附件1第 ${item?.item} 项要求不低于 ${least}`,
      `Cannot accept ${attribute} ${rack[attribute]} for a ${rack.class} rack: Annex 1 line ${item?.item} wants at least ${least}`,
    );
    errors.report([...path, attribute], "out-of-range", message);
  }
}

/** The boxes are the contract's (Annex 1 lines 5 to 7): at least its cores and memory, and exactly its slots. */
export function checkFlavors(source: SourceFile, { flavors, items }: Catalogue, diagnostics: Diagnostic[]): void {
  const errors = new Reporter(source, diagnostics);
  const file = source.value as { gpuBoxes: Readonly<Record<"1" | "2" | "3", { readonly offered: readonly { readonly count: number }[] }>> };
  for (const box of ["1", "2", "3"] as const) {
    const { [box]: declared } = flavors.gpuBoxes;
    const item = items.get(`${Number(box) + 4}`);
    for (const attribute of ["cpu", "memoryGb", "cardSlots"] as const) {
      const least = item?.specification[attribute];
      const found = declared[attribute];
      if (item === undefined || least === undefined || found === least || (attribute !== "cardSlots" && found > least)) continue;
      const exactly = attribute === "cardSlots";
      errors.report(
        ["gpuBoxes", box, attribute],
        exactly ? "contradiction" : "out-of-range",
        exactly
          ? text(
              `${box} 型的 ${attribute} 写的是 ${found}，附件1第 ${item.item} 项是 ${least}`,
              `Cannot accept ${attribute} ${found} for box ${box}: Annex 1 line ${item.item} has ${least}`,
            )
          : text(
              `${box} 型的 ${attribute} 写的是 ${found}，附件1第 ${item.item} 项要求不低于 ${least}`,
              `Cannot accept ${attribute} ${found} for box ${box}: Annex 1 line ${item.item} wants at least ${least}`,
            ),
      );
    }
    for (const [index, { count }] of file.gpuBoxes[box].offered.entries()) {
      const slots = declared.cardSlots;
      if (count > slots)
        errors.report(
          ["gpuBoxes", box, "offered", index, "count"],
          "out-of-range",
          text(`${box} 型只能插 ${slots} 块卡`, `Cannot offer ${counted(count, "card")} in box ${box}: it takes ${slots}`),
        );
    }
  }
}

export function checkImages(source: SourceFile, { images, pools }: Catalogue, diagnostics: Diagnostic[]): void {
  const errors = new Reporter(source, diagnostics);
  for (const [key, image] of images) {
    for (const pool of Object.keys(image.pools)) {
      if (!pools.has(pool))
        errors.report(
          ["images", key, "pools", pool],
          "unknown-reference",
          text(`没有资源池 ${pool}`, `Cannot find pool ${pool}: wanted one of ${[...pools.keys()].join(", ")}`),
          "key",
        );
    }
  }
}

/** A bundle's components are named by the contract; each has to exist, and no other may claim the bundle. */
export function checkComponents(annex: SourceFile, source: SourceFile, { items, components }: Catalogue, diagnostics: Diagnostic[]): void {
  const [annexErrors, errors] = [new Reporter(annex, diagnostics), new Reporter(source, diagnostics)];
  for (const bundle of ["22", "23", "24"] as const) {
    const named = items.get(bundle)?.includes ?? [];
    const index = [...items.keys()].indexOf(bundle);
    for (const key of named) {
      const component = components.find((each) => each.key === key);
      if (component?.bundles.includes(bundle) !== true) {
        annexErrors.report(
          ["items", index, "includes", named.indexOf(key)],
          "unknown-reference",
          text(
            `components.yaml 里没有属于第 ${bundle} 项的组件 ${key}`,
            `Cannot find component ${key} of line ${bundle} in components.yaml`,
          ),
        );
      }
    }
    for (const component of components) {
      if (component.bundles.includes(bundle) && !named.includes(component.key)) {
        errors.report(
          ["components", component.key, "bundles"],
          "contradiction",
          text(
            `附件1第 ${bundle} 项没有列出组件 ${component.key}`,
            `Cannot put component ${component.key} in line ${bundle}: Annex 1 does not list it there`,
          ),
        );
      }
    }
  }
}

/** Line L1 is clause 5.1.6 by the month: twelve times its ceiling is the yearly price of the contract. */
export function checkCircuits(
  source: SourceFile,
  { yearlyPrice }: Contract["circuits"],
  { items }: Catalogue,
  diagnostics: Diagnostic[],
): void {
  const ceiling = items.get("L1")?.ceiling;
  if (ceiling === undefined || ceiling.times(12).equals(yearlyPrice)) return;
  new Reporter(source, diagnostics).report(
    ["circuits", "yearlyPrice"],
    "contradiction",
    text(
      `每年 ${yearlyPrice.toFixed(2)} 元与附件1 L1 项限价 ${ceiling.toFixed(2)} 元 × 12 不符`,
      `Cannot accept ${yearlyPrice.toFixed(2)} a year: line L1 has ${ceiling.toFixed(2)} a month, which is ${ceiling.times(12).toFixed(2)}`,
    ),
  );
}

import { text } from "../../catalog/text.ts";
import type { MachineCheck } from "./check.ts";

/** Oldest Node that runs TypeScript as it stands. */
const OLDEST = [22, 18] as const;

/** Node, which npm puts first on PATH from the project's own dependency. */
export const checkNode: MachineCheck = () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isNew = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  const found = process.versions.node;
  return [
    isNew
      ? { id: "node", result: "ok", message: text(`Node ${found}`, `Node ${found}`) }
      : {
          id: "node",
          result: "failed",
          message: text(`Node ${found}，需要 ${OLDEST.join(".")} 以上`, `Node ${found}, wanted ${OLDEST.join(".")} or later`),
          remedy: text("用 npm run 启动，它带着项目自己的 Node", "start with npm run, which brings the project's own Node"),
        },
  ];
};

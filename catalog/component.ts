import type { Text } from "./text.ts";

/** A component of a security or cryptography bundle (Annex 1 lines 22 to 24) and the controls of the standards that it answers. */
export type Component = {
  readonly key: string;
  readonly name: Text;
  readonly bundles: readonly ("22" | "23" | "24")[];
  readonly clause: string;
  readonly controls: readonly string[];
} & (
  | { readonly kind: "cloud-firewall" }
  | {
      readonly kind: "workload";
      readonly image: string;
      readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: "tcp" | "udp" }[];
      readonly cpuMillicores: number;
      readonly memoryMi: number;
    }
);

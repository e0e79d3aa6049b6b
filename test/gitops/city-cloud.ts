import type { Outcome } from "../scripts/run.ts";

/** What a city's pipelines provision on. */
export interface CityCloud {
  /** Path of the engine. */
  readonly engine: string;
  /** What the operator keeps as secrets of the pipeline. */
  readonly secrets: Readonly<Record<"OS_USERNAME" | "OS_PASSWORD" | "KUBE_TOKEN", string>>;
  /** Further variables of the runner. */
  readonly environment: NodeJS.ProcessEnv;
  /** Has a checkout of the samples name this cloud, with the bureaus that have systems there before the first request. */
  readonly moveIn: (checkout: string) => void;
  /** Makes what that checkout declares, with its states. */
  readonly build: (city: BuildingSite) => Promise<void>;
}

interface BuildingSite {
  /** Folder of the states, which the cloud may fill. */
  readonly states: string;
  /** An empty folder. */
  readonly work: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Runs the program of the checkout. */
  readonly govcloud: (args: readonly string[]) => Outcome;
}

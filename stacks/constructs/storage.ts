import { ObjectstorageContainerV1 } from "@cdktf/provider-openstack/objectstorage-container-v1";
import { SharedfilesystemShareAccessV2 } from "@cdktf/provider-openstack/sharedfilesystem-share-access-v2";
import { SharedfilesystemShareV2 } from "@cdktf/provider-openstack/sharedfilesystem-share-v2";
import { Construct } from "constructs";
import { BYTES_PER_GB } from "../../catalog/units.ts";
import type { Network } from "./network.ts";
import { metadataOf, type SystemContext } from "./system-context.ts";

/** A system's object storage (Annex 1 line 16) and file storage (line 17). Both hold data: neither is ever replaced, and a container is deleted only when empty. */
export class Storage extends Construct {
  constructor(scope: Construct, context: SystemContext, network: Network | undefined) {
    super(scope, "storage");
    const { declaration, name } = context;
    const lifecycle = { preventDestroy: true };
    if (declaration.objectGb > 0) {
      // At most 10,000,000 GB, so the product is a safe integer.
      new ObjectstorageContainerV1(this, "container", {
        name,
        metadata: { "Quota-Bytes": String(BigInt(declaration.objectGb) * BYTES_PER_GB) },
        lifecycle,
      });
    }
    if (declaration.fileGb > 0) this.#addShare(context, network);
  }

  #addShare(context: SystemContext, network: Network | undefined): void {
    const { declaration, pool, name } = context;
    const { shareType, shareProtocol } = pool.openstack;
    const share = new SharedfilesystemShareV2(this, "share", {
      name,
      size: declaration.fileGb,
      shareProto: shareProtocol,
      shareType,
      isPublic: false,
      metadata: metadataOf(context, {}),
      timeouts: { create: "30m", update: "30m", delete: "30m" },
      lifecycle: { preventDestroy: true },
    });
    // Colocated machines have no network here; where they have a declared range it is theirs. Without either nobody is let in. CIFS asks for users, not for ranges.
    const range = network?.cidr ?? declaration.subnet;
    if (range === undefined || shareProtocol !== "NFS") return;
    new SharedfilesystemShareAccessV2(this, "access", { shareId: share.id, accessType: "ip", accessTo: range, accessLevel: "rw" });
  }
}

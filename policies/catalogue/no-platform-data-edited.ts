import { editedValues } from "../../catalog/governing-data.ts";
import { defineContractPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a request that edits what stands in the pools, flavors, images or components of the platform; a new entry is no edit. */
export const noPlatformDataEdited = defineContractPolicy({
  id: "catalogue/no-platform-data-edited",
  level: "mandatory",
  title: { zh: "申请不改动平台已有的数据", en: "No request edits what the platform's data say" },
  why: {
    zh: "容量、连接地址、机柜、镜像和安全组件由运营方维护，管着所有系统；在申请里改，既改变别人的系统，又绕过对自己的判断",
    en: "Capacity, connections, racks, images and components are the operator's and hold for every system: who edits them in a request changes the others' systems and how their own is judged",
  },
  clause: "合同 5.1.4、附件3 二（一）; GB/T 22239-2019 8.1.10 安全运维管理",
  remedy: {
    zh: "恢复原来的值；平台确有变化的，由中心在 policies/waivers.yaml 登记豁免，再修改",
    en: "Put the value back; where the platform did change, the centre records a waiver in policies/waivers.yaml first",
  },
  check({ base, catalogue }) {
    if (base === undefined) return [notApplicable("没有比较的基准", "there is nothing to compare with")];
    const edits = editedValues(base.catalogue, catalogue, "platform");
    if (edits.length === 0) return [pass()];
    return edits.map(({ file, path, address, attribute, decides, was, is }) =>
      violation(
        { address, attribute, at: { file, path } },
        `${decides.zh}从 ${was.zh} 改成了 ${is.zh}：申请按原来的数据判断，平台数据由中心决定`,
        `Cannot change ${decides.en} from ${was.en} to ${is.en}: requests are judged by the data as they were, and the centre decides on them`,
      ),
    );
  },
});

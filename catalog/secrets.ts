import { type Text, text } from "./text.ts";

/** A secret as it may be told: what kind, never the secret itself. */
export interface FoundSecret {
  readonly kind: Text;
}

const PASSWORD = text("口令或密钥", "a password or key");
const WORD =
  "(?:p[a@4][s5$]{2}(?:w[o0]rd|wd|phrase|code)?|pwd|pswd|secret|token|credentials?|(?:api|access|secret|private)[ _-]?key|密码|密碼|口令|密钥|令牌|私钥|凭据|凭证|授权码)";
const ACCOUNT =
  "(?:root|admin(?:istrator)?|sa|sys(?:dba|admin|tem)?|dba|oracle|postgres|mysql|redis|ubuntu|centos|kylin|user(?:name)?|test|guest|deploy|ops|账号|帐号|用户名?)";
/** Names of algorithms, standards and places in a document are no values. */
const NO_NAME = "(?!(?:SM[2349]|AES|RSA|ECC|GB|GM|https?:|true\\b|false\\b|none\\b|null\\b))";
const EMAIL = "[!-~]{0,64}@[A-Za-z0-9-]{1,63}\\.[A-Za-z]{2}";
// Bounded, so that a long text is looked at once.
const GAP = "\\s{0,8}";
const LETTER = "[!-~]{0,64}[A-Za-z]";
const DIGIT = "[!-~]{0,64}[0-9]";
const MARK = "[!-~]{0,64}[@#$%^&*!?~]";

/** What a sentence gives a value by: "is", "has been changed to", "已改成", "统一为". */
const SAYS = "\\s{1,8}(?:(?:is|was|are|be|been|has|now|still|set|reset|changed|to|equals)[\\s:=]{1,8}){1,5}";
const SAYS_ZH =
  "\\s{0,4}(?:已经?|都|就|均|先|暂|仍|还|统一|默认|初始|设置?|设定|改|更改|修改|重置|更新){0,3}(?:是|为|成了?|叫)\\s{0,4}[:：]?\\s{0,4}";
const WORD_ZH = "(?:密码|密碼|口令|密钥|令牌|私钥|授权码)";
/** Names that have figures in them, which a sentence may well say of a key: versions, lengths, algorithms. */
const NO_TERM = `${NO_NAME}(?!v?[0-9]+(?:\\.[0-9]+)|[0-9]{1,4}-?[A-Za-z]+\\b|SHA|MD5|HMAC|[RHEP]S[0-9]{3}|X\\.?509|PKCS|TLS)`;
/** A made-up word: capitals, small letters and figures. Compared by case. */
const MIXED = "(?=[!-~]{0,64}[A-Z])(?=[!-~]{0,64}[a-z])(?=[!-~]{0,64}[0-9])";
const QUOTE = "[\"'“‘「【(]";

/** Forms that secrets of known services and formats have. The words are compared after NFKC, so that full-width letters hide nothing. */
const KNOWN_FORMS: readonly { readonly kind: Text; readonly form: RegExp }[] = [
  { kind: text("私钥", "a private key"), form: /-----BEGIN[ A-Z0-9]*PRIVATE KEY|AGE-SECRET-KEY-1/ },
  { kind: text("AWS 访问密钥", "an AWS access key"), form: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}/ },
  { kind: text("阿里云访问密钥", "an Alibaba Cloud access key"), form: /(?<![A-Za-z0-9])LTAI[0-9A-Za-z]{12,}/ },
  { kind: text("腾讯云访问密钥", "a Tencent Cloud access key"), form: /(?<![A-Za-z0-9])AKID[0-9A-Za-z]{13,}/ },
  { kind: text("GitHub 令牌", "a GitHub token"), form: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})/ },
  { kind: text("GitLab 令牌", "a GitLab token"), form: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt|soat)-[A-Za-z0-9_-]{16,}/ },
  { kind: text("Slack 令牌", "a Slack token"), form: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { kind: text("Google API 密钥", "a Google API key"), form: /(?<![A-Za-z0-9])AIza[0-9A-Za-z_-]{30,}/ },
  { kind: text("npm 或 PyPI 令牌", "an npm or PyPI token"), form: /(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,})/ },
  { kind: text("Vault 令牌", "a Vault token"), form: /(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{20,}/ },
  {
    kind: text("服务密钥（sk-…）", "a service key (sk-...)"),
    form: /(?<![A-Za-z0-9])[sr]k[-_](?:[A-Za-z]{1,10}[-_]){0,3}[A-Za-z0-9]{16,}/,
  },
  { kind: text("JWT 令牌", "a JSON web token"), form: /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/ },
  { kind: text("口令的散列", "a hashed password"), form: /\$(?:1|2[abxy]?|5|6|7|y|argon2(?:id?|d))\$[A-Za-z0-9./,=$+]{8,}/ },
  { kind: text("带口令的网址", "a URL with a password"), form: /[A-Za-z][A-Za-z0-9+.-]{1,15}:\/\/[^\s/:@]{0,64}:[^\s/@]{1,128}@/ },
  { kind: text("登录凭据", "a sign-in header"), form: /\b(?:bearer|basic)\s+[A-Za-z0-9._~+/-]{12,}={0,2}/i },
  // The word, a sign that gives it a value, and a value.
  { kind: PASSWORD, form: new RegExp(`${WORD}["'”’]?${GAP}(?:[=:|→]|[-=]>|是|为)[=>]?${GAP}["'“‘]?${NO_NAME}[!-~]{4,}`, "i") },
  // The word and behind it, without a sign, what nobody would take for a word.
  { kind: PASSWORD, form: new RegExp(`${WORD}["'”’]?\\s{1,8}["'“‘]?${NO_NAME}(?=${LETTER})(?=${DIGIT})(?=${MARK})[!-~]{6,}`, "i") },
  // An account and its password: root/Name@2025.
  {
    kind: PASSWORD,
    form: new RegExp(
      `(?<![A-Za-z0-9])${ACCOUNT}${GAP}[/:]${GAP}(?!/)(?=${LETTER})(?=${DIGIT})(?=${MARK})${NO_NAME}(?!${EMAIL})[!-~]{6,}`,
      "i",
    ),
  },
  // The way in which most people make up one: a capitalised word, a mark, a year.
  { kind: PASSWORD, form: /(?<![A-Za-z0-9@._-])[A-Z][A-Za-z]{2,15}[@#!$%&*][0-9]{3,8}[!@#$%&*]{0,3}(?![A-Za-z0-9.-])/ },
  // A key by the name that its service gives it; a password behind the option of a command.
  { kind: PASSWORD, form: /(?:access|api|app|secret)_?-?key_?-?(?:secret|id)?["'：:=\s]{1,8}[A-Za-z0-9+/]{16,}/i },
  { kind: PASSWORD, form: /\b(?:mysql|mysqldump|psql|sshpass|redis-cli|mongo|sqlplus)\b[^\n]{0,80}\s-(?:p|a)\s?[!-~]{5,}/i },
  { kind: PASSWORD, form: /\botpauth\b/i },
  { kind: PASSWORD, form: /\b(?:psw|pwd|pswd)\s{0,8}[=:：]\s{0,8}[!-~]{3,}/i },
  { kind: PASSWORD, form: /(?:密码|口令|密钥)\s{0,8}(?!GB|GM)(?=[!-~]{0,64}[0-9])(?=[!-~]{0,64}[A-Za-z])[A-Za-z0-9][!-~]{5,}/ },
  // In running text: the password is Sunny-Day2026; 密码已改成 sunny2026.
  { kind: PASSWORD, form: new RegExp(`(?<![A-Za-z])${WORD}${SAYS}["'“‘]?${NO_TERM}(?=${LETTER})(?=${DIGIT})[!-~]{6,}`, "i") },
  { kind: PASSWORD, form: new RegExp(`${WORD_ZH}${SAYS_ZH}["'“‘]?${NO_TERM}(?=${LETTER})(?=${DIGIT})[!-~]{6,}`, "i") },
  { kind: PASSWORD, form: new RegExp(`(?:密码|密碼|口令)\\s{0,4}${QUOTE}\\s{0,2}${NO_TERM}(?=${DIGIT})(?=[!-~]{0,64}[a-z])[!-~]{6,}`) },
  { kind: PASSWORD, form: /(?:密码|密碼|口令)\s{0,4}(?!20[0-9]{2}(?:0[1-9]|1[0-2]))[0-9]{6,12}(?![0-9年月日批期号.-])/ },
  {
    kind: PASSWORD,
    form: new RegExp(
      `(?<![A-Za-z])(?:[Pp]ass(?:word|wd|phrase|code)?|PASSWORD|[Pp]wd|PWD|[Pp]swd)\\s{1,8}["'“‘]?${NO_TERM}${MIXED}[!-~]{8,}`,
    ),
  },
  {
    kind: PASSWORD,
    form: new RegExp(`(?<![A-Za-z])(?:pwd|pswd|pw\\s{0,4}[:=])\\s{0,8}(?=${LETTER})(?=${DIGIT})[A-Za-z0-9][!-~]{5,}`, "i"),
  },
  { kind: PASSWORD, form: /(?<![A-Za-z])passphrase\s{0,8}[:=]?\s{0,8}(?:is\s{1,8})?["'“‘]?[a-z]{2,16}(?:[-_.][a-z]{2,16}){3}/i },
  // An account and a made-up word, root/Xyz12345, or the account's own name with a number, admin/admin123; no path goes on behind it.
  {
    kind: PASSWORD,
    form: /(?<![A-Za-z0-9./_-])(?:[Rr]oot|[Aa]dmin(?:istrator)?|[Ss]a|[Ss]ysdba|[Dd]ba|[Oo]racle|[Pp]ostgres|账号|帐号|用户名?)\s{0,4}[/:]\s{0,4}(?=[\w-]{0,64}[A-Z])(?=[\w-]{0,64}[a-z])(?=[\w-]{0,64}[0-9])[\w-]{8,64}(?![\w./-])/,
  },
  {
    kind: PASSWORD,
    form: /(?<![A-Za-z0-9./_-])(root|admin|administrator|sa|system|oracle|postgres|mysql|redis)\s{0,4}[/:]\s{0,4}\1[@#!_-]?[0-9]{2,8}(?![\w./-])/i,
  },
  // "Password" with figures and marks for letters.
  { kind: PASSWORD, form: /p(?:[@4][s5$]{2}w[o0]|a(?:[s5$][5$]|[5$][s5$])w[o0]|ass?w0)rd/i },
];

/** Tokens that are long and random, though of no known form. Words, names, dates, addresses, ids and digests of images are not. */
const RANDOM = text("又长又随机的字符串", "a long random string");
const MIN_LENGTH = 20;

/** Secrets in a text, each kind once. What stands in the place of an identifier or a digest may be as random as it likes. */
export function findSecrets(words: string, place: "anywhere" | "identifier" = "anywhere"): FoundSecret[] {
  // Nothing shorter holds one; most values of a declaration end here.
  if (words.length < 7) return [];
  const plain = words.normalize("NFKC");
  const kinds = new Set(
    [plain, ...decodedTokens(plain)].flatMap((each) => KNOWN_FORMS.filter(({ form }) => form.test(each)).map(({ kind }) => kind)),
  );
  if (kinds.size === 0 && place === "anywhere" && hasRandomToken(plain)) kinds.add(RANDOM);
  return [...kinds].map((kind) => ({ kind }));
}

/** What tokens say when they are read as base64, where that is text: an encoded password is one all the same. */
function decodedTokens(words: string): string[] {
  return [...words.matchAll(/[A-Za-z0-9+/_-]{12,}={0,2}/g)]
    .map(([token]) => Buffer.from(token, "base64").toString("latin1"))
    .filter((decoded) => /^[\t\n\r -~]{9,}$/.test(decoded));
}

function hasRandomToken(words: string): boolean {
  for (const [token] of words.replace(PUBLIC, "").matchAll(/[A-Za-z0-9+/=_-]{20,}/g)) {
    if (UUID.test(token)) continue;
    if (token.length >= 24 && classesOf(token) === 3 && switches(token) >= 5 && entropy(token) >= 4) return true;
    if (token.split(/[-_/]/).some(isRandom)) return true;
  }
  return false;
}

/** Public keys and digests of images are as random, and no secret. */
const PUBLIC = /(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-nistp\d{3}) +[A-Za-z0-9+/=]+|@?sha256:[0-9a-f]{64}/g;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Letters and digits that change places too often, and repeat too little, to be a name or a serial number. */
function isRandom(part: string): boolean {
  if (part.length < MIN_LENGTH) return false;
  const classes = classesOf(part);
  const enough = classes === 3 ? 5 : 7;
  return (classes === 3 || (classes === 2 && part.length >= 28)) && switches(part) >= enough && entropy(part) >= 3.3;
}

/** How many of capitals, small letters and digits stand in it. */
function classesOf(token: string): number {
  return [/[A-Z]/, /[a-z]/, /[0-9]/].filter((each) => each.test(token)).length;
}

/** How often letters and digits change places, or a capital follows a small letter. */
function switches(token: string): number {
  return (token.match(/[A-Za-z](?=[0-9])|[0-9](?=[A-Za-z])|[a-z](?=[A-Z])/g) ?? []).length;
}

/** Shannon entropy in bits a character. */
function entropy(token: string): number {
  const counts = new Map<string, number>();
  for (const character of token) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / token.length) * Math.log2(count / token.length), 0);
}

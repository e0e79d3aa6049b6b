/** Bytes of the GB that storage is sold by: the cloud counts 1024³ for volumes, shares and container quotas alike (reading of Annex 1 line 16). */
export const BYTES_PER_GB = 1024n ** 3n;

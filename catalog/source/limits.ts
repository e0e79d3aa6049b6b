/** A whole declaration of a large system takes some 20 KB, and so does Annex 1; anything far beyond is an attack or a mistake. */
export const MAX_FILE_BYTES = 64 * 1024;

/** More errors than this in one file tell nothing more. */
export const MAX_ERRORS = 100;

package org.tongmai.routes.engine.bundle.archive;

/**
 * How much a bundle may be. The largest of this repository has 20 files and 30 KB.
 *
 * @param files number of files
 * @param fileBytes size of one file
 * @param totalBytes size of all files
 * @param packedBytes size of the zip
 * @param ratio how many times larger than in the zip a file may be, when it is larger than a tenth of {@code fileBytes}
 */
public record ArchiveLimits(int files, int fileBytes, int totalBytes, int packedBytes, int ratio) {
    private static final int MIB = 1024 * 1024;

    /** For every bundle, signed or not. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(1000, 2 * MIB, 8 * MIB, 9 * MIB, 100);
}

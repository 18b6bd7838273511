package org.millrace.store;

/**
 * How objects are cut into parts. S3 wants parts of 5 MiB to 5 GiB (but for the last), at most 10,000 of them.
 *
 * @param put bytes up to which a file is stored in one request, and the least size of its parts beyond
 * @param append size of the first parts of an append
 * @param copy bytes up to which an object is copied in one request, and the least size of its parts beyond
 */
record S3Limits(long put, long append, long copy) {

    /** What suits Amazon and servers like it. */
    static final S3Limits USUAL = new S3Limits(64L << 20, 8L << 20, 512L << 20);

    private static final int MOST_PARTS = 10_000;

    /** Size of the parts of a file or copy of a known size. */
    static long partSize(long least, long size) {
        return Math.max(least, Math.ceilDiv(size, (long) MOST_PARTS));
    }

    /**
     * Size of a part of an append, whose final size nobody knows: small at first, so that little waits on this machine,
     * then growing, so that 10,000 parts hold 1.5 TiB.
     *
     * @param number counts from 1
     */
    long appendPart(int number) {
        if (number <= 1_000) {
            return append;
        }
        return number <= 4_000 ? 4 * append : 32 * append;
    }
}

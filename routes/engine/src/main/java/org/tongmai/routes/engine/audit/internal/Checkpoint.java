package org.tongmai.routes.engine.audit.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm2PublicKey;

/**
 * The signed end of a chain, or of what was dropped of it.
 *
 * @param kind which of the two
 * @param node whose chain
 * @param number of the checkpoint; in an anchor, the last that was dropped
 * @param head the block that is meant; its time is that of the signing
 * @param key fingerprint of the key
 * @param signature SM2 over the statement, r and s
 */
record Checkpoint(Kind kind, String node, long number, Head head, String key, byte[] signature) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int FIELDS = 9;

    /** What it is for; signed too, so that one can not be taken for the other. */
    enum Kind {
        CHECKPOINT("tongmai-audit-checkpoint-1"),
        ANCHOR("tongmai-audit-anchor-1");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    static Checkpoint signed(Kind kind, String node, long number, Head head, Sm2PrivateKey key) {
        Checkpoint open =
                new Checkpoint(kind, node, number, head, key.publicKey().fingerprint(), new byte[0]);
        byte[] statement = open.statement().getBytes(StandardCharsets.UTF_8);
        return new Checkpoint(kind, node, number, head, open.key, key.sign(statement, SignatureScheme.RAW));
    }

    /** What is signed. */
    String statement() {
        return String.join(
                "\t",
                kind.word,
                node,
                Long.toString(number),
                Long.toString(head.sequence()),
                HEX.formatHex(head.hash()),
                Long.toString(head.total()),
                Long.toString(RecordLine.micros(head.at())),
                key);
    }

    boolean verifies(Sm2PublicKey publicKey) {
        return signature.length == 64
                && publicKey.verifies(statement().getBytes(StandardCharsets.UTF_8), signature, SignatureScheme.RAW);
    }

    /** The statement and the signature in hexadecimal digits. */
    String line() {
        return statement() + '\t' + HEX.formatHex(signature);
    }

    /** @throws IllegalArgumentException when it is no such line */
    static Checkpoint read(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS || !fields[0].equals(Kind.CHECKPOINT.word)) {
            throw new IllegalArgumentException("not the line of a checkpoint");
        }
        Instant at = RecordLine.instant(Long.parseLong(fields[6]));
        Head head = new Head(Long.parseLong(fields[3]), HEX.parseHex(fields[4]), Long.parseLong(fields[5]), at);
        Checkpoint read = new Checkpoint(
                Kind.CHECKPOINT, fields[1], Long.parseLong(fields[2]), head, fields[7], HEX.parseHex(fields[8]));
        if (!read.line().equals(line)) {
            throw new IllegalArgumentException("not written as checkpoints are");
        }
        return read;
    }
}

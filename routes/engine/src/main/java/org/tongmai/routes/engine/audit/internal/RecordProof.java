package org.tongmai.routes.engine.audit.internal;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tongmai.routes.engine.audit.AuditFinding;
import org.tongmai.routes.engine.audit.AuditPage;
import org.tongmai.routes.engine.audit.AuditProof;
import org.tongmai.routes.engine.audit.AuditProof.Links;
import org.tongmai.routes.engine.audit.AuditProof.Place;
import org.tongmai.routes.engine.audit.AuditProof.Sealed;
import org.tongmai.routes.engine.audit.AuditProof.Signature;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.database.Sql;

/** Makes the link of one record anew, and compares its block with the one before and with the signature that covers it. */
final class RecordProof {
    private static final HexFormat HEX = HexFormat.of();
    private static final String BLOCK = "select " + Rows.BLOCK + " from audit_block where node = ? and sequence = ?";
    private static final String COVERS = "select " + Rows.CHECKPOINT
            + " from audit_checkpoint where node = ? and sequence >= ? order by sequence, number limit 1";

    private final Connection connection;
    private final Trust trust;

    RecordProof(Connection connection, Trust trust) {
        this.connection = connection;
        this.trust = trust;
    }

    /** Empty where there is no such block, or none of it was ever at this place. */
    Optional<AuditProof> of(String node, long sequence, int index) throws SQLException {
        Optional<Block> found = block(node, sequence);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Block block = found.get();
        List<byte[]> lines = BlockContent.unpack(block.content()).lines();
        if (index < 1 || index > Math.max(block.records(), lines.size())) {
            return Optional.empty();
        }
        List<AuditFinding> findings = new ArrayList<>();
        Signature signature = inspect(block, findings);
        Sealed sealed = new Sealed(
                block.at(), block.records(), HEX.formatHex(block.links().previous()), HEX.formatHex(block.hash()));
        return Optional.of(
                new AuditProof(place(block, lines, index), links(block, lines, index), sealed, signature, findings));
    }

    private Optional<Block> block(String node, long sequence) throws SQLException {
        return Sql.list(connection, Rows::block, BLOCK, node, sequence).stream().findFirst();
    }

    /** By the same check as a whole chain; what is before is taken as it is. */
    private Signature inspect(Block block, List<AuditFinding> findings) throws SQLException {
        ChainCheck check = new ChainCheck(block.node(), trust, findings::add);
        long before = block.sequence() - 1;
        Head taken = new Head(before, block.links().previous(), 0, block.at());
        check.after(block(block.node(), before).map(Head::of).orElse(before == 0 ? Head.NONE : taken));
        check.block(block);
        Optional<Checkpoint> covers =
                Sql.list(connection, Rows::checkpoint, COVERS, block.node(), block.sequence()).stream()
                        .findFirst();
        if (covers.isEmpty()) {
            return null;
        }
        Checkpoint checkpoint = covers.get();
        boolean genuine = check.genuine(checkpoint);
        if (genuine && checkpoint.head().sequence() == block.sequence()) {
            check.compare(checkpoint);
        }
        Head head = checkpoint.head();
        return new Signature(checkpoint.number(), head.sequence(), head.at(), checkpoint.key(), genuine);
    }

    private static Place place(Block block, List<byte[]> lines, int index) {
        long number = block.total() - block.records() + index;
        byte[] line = index <= lines.size() ? lines.get(index - 1) : new byte[0];
        AuditPage.Entry entry = new AuditPage.Entry(block.node(), block.sequence(), index, record(line));
        return new Place(entry, number, new String(line, StandardCharsets.UTF_8));
    }

    private static AuditRecord record(byte[] line) {
        try {
            return RecordLine.read(line);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return null; // that it is none is among the findings
        }
    }

    private static Links links(Block block, List<byte[]> lines, int index) {
        byte[] before = block.links().previous();
        for (int i = 1; i < index && i <= lines.size(); i++) {
            before = BlockChain.link(before, lines.get(i - 1));
        }
        String digest = index > lines.size() ? "" : HEX.formatHex(BlockChain.link(before, lines.get(index - 1)));
        return new Links(HEX.formatHex(before), digest);
    }
}

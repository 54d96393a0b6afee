package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.audit.AuditFinding;
import org.tongmai.routes.engine.audit.AuditFinding.Kind;
import org.tongmai.routes.engine.audit.AuditKey;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.error.CodedException;

/**
 * The keys that sign, as the database has them. Each is read alone: one that was changed is a finding and says nothing of the
 * others.
 *
 * @param keys those that are what their fingerprints say
 * @param findings one for each other
 */
record RecordedKeys(List<AuditKey> keys, List<AuditFinding> findings) {
    private static final String KEYS =
            "select node, fingerprint, public_key, since from audit_key order by node, since";

    static RecordedKeys of(Connection connection) throws SQLException {
        RecordedKeys read = new RecordedKeys(new ArrayList<>(), new ArrayList<>());
        Sql.list(connection, read::add, KEYS);
        return read;
    }

    /** Of one node; of all for an empty name. */
    List<AuditFinding> findings(String node) {
        return findings.stream()
                .filter(each -> node.isEmpty() || each.node().equals(node))
                .toList();
    }

    private boolean add(ResultSet row) throws SQLException {
        String node = row.getString(1);
        String said = row.getString(2);
        try {
            Sm2PublicKey key = Sm2PublicKey.of(row.getBytes(3));
            return key.fingerprint().equals(said)
                    ? keys.add(new AuditKey(node, key, Rows.time(row, 4)))
                    : findings.add(finding(node, said, "the key " + key.fingerprint()));
        } catch (CodedException e) {
            return findings.add(finding(node, said, "no key, " + e.code().code()));
        }
    }

    private static AuditFinding finding(String node, String said, String found) {
        String detail = "key of the database, found: " + found + "; expected: the key " + said;
        return new AuditFinding(Kind.FOREIGN_KEY, node, 0, 0, 0, detail);
    }
}

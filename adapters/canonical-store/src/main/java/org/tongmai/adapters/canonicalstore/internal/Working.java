package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tongmai.adapters.canonicalstore.CanonicalStoreError;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.FirstVersion;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.WriteRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** One resource while a batch is laid over it: what was stored, what it is now, and the versions in between. */
final class Working {
    final String type;
    final String id;
    final List<Version> written = new ArrayList<>(1);

    /** Whether the database was asked about it in this turn. */
    boolean lookedUp;

    long rid;
    boolean created;
    int version;
    UUID hash;
    boolean deleted;
    byte[] content;
    UUID unchangedBy;

    /** The stored content before the batch; null when there was none or nobody needed it. */
    ObjectNode before;

    /** The content now; null until somebody needs it. */
    ObjectNode tree;

    Working(CanonicalResource resource) {
        this.type = resource.type();
        this.id = resource.id();
    }

    String reference() {
        return type + "/" + id;
    }

    boolean isNew() {
        return rid == 0;
    }

    void stored(ContentCache.Entry entry) {
        rid = entry.rid();
        version = entry.version();
        hash = entry.hash();
        content = entry.content();
        unchangedBy = entry.unchangedBy();
    }

    /** Takes the next incoming resource and answers the version now current. */
    ResourceVersion take(PreparedBundle.Incoming next) {
        WriteRule rule = next.rule();
        int present = deleted ? 0 : version;
        if (rule.expectedVersion() != WriteRule.ANY && rule.expectedVersion() != present) {
            throw new CodedException(Issue.of(
                    CanonicalStoreError.VERSION_CONFLICT,
                    type,
                    "found version " + present + ", expected " + rule.expectedVersion()));
        }
        if (present == 0) {
            takeFirst(next);
        } else if (Laid.isNeeded(rule.mode(), next.digest(), unchangedBy)) {
            lay(next);
        }
        return new ResourceVersion(type, id, version);
    }

    private void takeFirst(PreparedBundle.Incoming next) {
        ObjectNode sent = next.resource().content();
        ObjectNode kept = CanonicalJson.hasTransient(sent) ? CanonicalJson.withoutTransient(sent) : sent;
        // what is laid over says what it knows; anything else is whole
        boolean merged = next.rule().mode() == WriteRule.Mode.MERGE;
        ObjectNode first = merged ? FirstVersion.of(type, kept) : kept;
        byte[] bytes = first == sent ? next.bytes() : CanonicalJson.write(first, reference());
        write(first, bytes, first == sent ? next.digest() : CanonicalJson.hash(bytes));
        unchangedBy = next.digest();
    }

    private void lay(PreparedBundle.Incoming next) {
        Laid laid = next.laid();
        if (laid == null || !laid.over().equals(hash)) {
            laid = Laid.over(new Laid.Stored(content, hash), tree, next.resource());
        }
        if (tree == null) {
            before = laid.before();
            tree = before;
        }
        if (laid.changes()) {
            write(laid.merged(), laid.bytes(), laid.hash());
        }
        unchangedBy = next.digest();
    }

    private void write(ObjectNode merged, byte[] bytes, UUID digest) {
        version++;
        deleted = false;
        tree = merged;
        content = bytes;
        hash = digest;
        written.add(new Version(version, bytes));
    }

    /** A version to write. */
    record Version(int version, byte[] content) {}
}

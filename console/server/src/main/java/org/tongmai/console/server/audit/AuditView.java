package org.tongmai.console.server.audit;

import java.time.Instant;
import java.util.List;
import org.tongmai.routes.engine.audit.AuditFinding;
import org.tongmai.routes.engine.audit.AuditHolding;
import org.tongmai.routes.engine.audit.AuditKey;
import org.tongmai.routes.engine.audit.AuditPage;
import org.tongmai.routes.engine.audit.AuditProof;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditVerdict;
import org.tongmai.standards.crypto.PemKeys;

/** The audit log as JSON. */
final class AuditView {
    private AuditView() {}

    /** One page of a search. */
    record Page(List<Item> items, String next) {
        static Page of(AuditPage page) {
            return new Page(page.entries().stream().map(Item::of).toList(), page.next());
        }
    }

    /** One record with its place in the chain. */
    record Item(
            Place place, Instant at, String actor, String address, String act, What what, AuditRecord.Figures figures) {
        static Item of(AuditPage.Entry entry) {
            AuditRecord record = entry.record();
            return new Item(
                    Place.of(entry),
                    record.at(),
                    record.actor().name(),
                    record.actor().address(),
                    record.act(),
                    new What(record.object(), record.outcome(), record.trace()),
                    record.figures());
        }
    }

    /** Where a record is. */
    record Place(String node, long block, int record) {
        static Place of(AuditPage.Entry entry) {
            return new Place(entry.node(), entry.block(), entry.index());
        }
    }

    /**
     * One record with what shows that it is as it was written.
     *
     * @param item null where what is there can not be read
     * @param signature null while nothing signs it
     */
    record Proof(
            Place place,
            Item item,
            Written written,
            AuditProof.Sealed block,
            AuditProof.Signature signature,
            List<AuditFinding> findings) {
        static Proof of(AuditProof proof) {
            AuditPage.Entry entry = proof.place().entry();
            return new Proof(
                    Place.of(entry),
                    entry.record() == null ? null : Item.of(entry),
                    new Written(proof.place().number(), proof.place().line(), proof.links()),
                    proof.block(),
                    proof.signature(),
                    proof.findings());
        }
    }

    /** A record as it is hashed, with its number in the chain. */
    record Written(long number, String line, AuditProof.Links links) {}

    /** What is kept, and for how many days. */
    record Holding(long retentionDays, List<AuditHolding.Day> days, List<AuditHolding.Chain> chains) {
        static Holding of(AuditHolding holding) {
            return new Holding(holding.retention().toDays(), holding.days(), holding.chains());
        }
    }

    /** What an act was done to, and how it ended. */
    record What(String object, String outcome, String trace) {}

    /** What verifying found. */
    record Verdict(
            boolean intact,
            long blocks,
            long records,
            long checkpoints,
            List<AuditVerdict.Chain> chains,
            List<AuditFinding> findings,
            String next) {
        static Verdict of(AuditVerdict verdict) {
            return new Verdict(
                    verdict.intact(),
                    verdict.blocks(),
                    verdict.records(),
                    verdict.checkpoints(),
                    verdict.chains(),
                    verdict.findings(),
                    verdict.next());
        }
    }

    /** A key that signs. */
    record Key(String node, String fingerprint, String publicKey, Instant since) {
        static Key of(AuditKey key) {
            return new Key(key.node(), key.key().fingerprint(), PemKeys.write(key.key()), key.since());
        }
    }
}

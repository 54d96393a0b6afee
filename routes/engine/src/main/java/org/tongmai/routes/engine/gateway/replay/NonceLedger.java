package org.tongmai.routes.engine.gateway.replay;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.tongmai.routes.engine.commit.CommitFailures;
import org.tongmai.routes.engine.commit.GroupCommit;
import org.tongmai.routes.engine.database.AdvisoryLock;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Remembers every request that may pass once until no window takes its time any more. All nodes claim in one table, many
 * requests in one commit; nobody waits on a thread. A request whose claim is not durable is not let through.
 */
public final class NonceLedger implements AutoCloseable {
    private static final long SLOT_SECONDS = 600;
    private static final int CAPACITY = 20_000;
    private static final int BATCH = 1_000;
    private static final int CLAIM_BYTES = 16;
    private static final String SLOTS =
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'gateway_nonce'::regclass";
    private static final String INSERT = "insert into gateway_nonce (slot, claim) "
            + "select * from unnest(?::bigint[], ?::bytea[]) on conflict do nothing returning claim";

    private final DataSource dataSource;
    private final Clock clock;
    private final GroupCommit<Claim, Boolean> commit;
    private final ScheduledExecutorService housekeeping;

    private record Claim(long slot, byte[] key) {}

    public NonceLedger(DataSource dataSource, Clock clock, MeterRegistry meters) throws SQLException {
        this.dataSource = dataSource;
        this.clock = clock;
        prepareSlots();
        this.commit = new GroupCommit<>(
                "nonces",
                dataSource,
                NonceLedger::write,
                new GroupCommit.Settings(CAPACITY, BATCH, new Failures(), Runnable::run, meters));
        this.housekeeping = LastingWork.timer("gateway-nonces");
        housekeeping.scheduleWithFixedDelay(
                LastingWork.task(this::tidy), SLOT_SECONDS / 4, SLOT_SECONDS / 4, TimeUnit.SECONDS);
    }

    /**
     * Claims a request.
     *
     * @param by whose numbers its own is one of: the application that signed it, or the user
     * @param nonce its own number, at most as long as a header field
     * @param at the time it came with
     * @return true when it is the first; fails with {@link GatewayError#NONCE_NOT_RECORDED} when that can not be known
     */
    public CompletableFuture<Boolean> claim(String by, String nonce, Instant at) {
        byte[] digest = Sm3.digest((by + '\n' + nonce + '\n' + at.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
        return commit.submit(new Claim(slot(at), Arrays.copyOf(digest, CLAIM_BYTES)));
    }

    private static long slot(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), SLOT_SECONDS);
    }

    private static List<Boolean> write(Connection transaction, List<Claim> claims) throws SQLException {
        Long[] slots = claims.stream().map(Claim::slot).toArray(Long[]::new);
        byte[][] keys = claims.stream().map(Claim::key).toArray(byte[][]::new);
        Set<ByteBuffer> fresh = new HashSet<>();
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setArray(1, transaction.createArrayOf("bigint", slots));
            insert.setArray(2, transaction.createArrayOf("bytea", keys));
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    fresh.add(ByteBuffer.wrap(rows.getBytes(1)));
                }
            }
        }
        List<Boolean> answers = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            answers.add(fresh.remove(ByteBuffer.wrap(claim.key())));
        }
        return answers;
    }

    /** Partitions for the slots any window takes, made before they are needed; by one node at a time. */
    private void prepareSlots() throws SQLException {
        long now = slot(clock.instant());
        try (Connection connection = dataSource.getConnection()) {
            Sql.transaction(connection, transaction -> {
                AdvisoryLock.NONCE_SLOTS.take(transaction);
                for (long slot = now - 2; slot <= now + 3; slot++) {
                    Sql.update(
                            transaction,
                            "create table if not exists gateway_nonce_" + slot
                                    + " partition of gateway_nonce for values from (" + slot + ") to (" + (slot + 1)
                                    + ")");
                }
                return now;
            });
        }
    }

    /** A dropped slot can not be claimed again: its times lie outside every window. */
    private void tidy() {
        try {
            prepareSlots();
            long oldest = slot(clock.instant().minus(Duration.ofMinutes(40)));
            try (Connection connection = dataSource.getConnection()) {
                for (String slot : Sql.list(connection, row -> row.getString(1), SLOTS)) {
                    if (Long.parseLong(slot.substring(slot.lastIndexOf('_') + 1)) < oldest) {
                        Sql.update(connection, "drop table if exists " + slot);
                    }
                }
            }
        } catch (SQLException e) {
            throw new CodedException(
                    Issue.of(GatewayError.REGISTRY_AWAY, "gateway_nonce", "SQLSTATE " + e.getSQLState()), e);
        }
    }

    @Override
    public void close() {
        housekeeping.shutdownNow();
        commit.close();
    }

    private static final class Failures implements CommitFailures {
        @Override
        public CodedException full(int capacity) {
            return failure("more than " + capacity + " wait", null);
        }

        @Override
        public CodedException unavailable(Exception cause) {
            return failure("the database did not take it", cause);
        }

        @Override
        public CodedException rejected(Exception cause) {
            return failure("the database refused it", cause);
        }

        private static CodedException failure(String detail, Exception cause) {
            return new CodedException(Issue.of(GatewayError.NONCE_NOT_RECORDED, "", detail), cause);
        }
    }
}

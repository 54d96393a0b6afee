package org.tongmai.routes.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.database.Schema;
import org.tongmai.routes.engine.journal.TestDatabase;

class LeaseIT {
    private static final Duration LONG = Duration.ofMinutes(5);

    private TestDatabase database;

    @BeforeEach
    void start() {
        database = new TestDatabase();
        Schema.migrate(database.dataSource(), "journal");
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void one_node_holds_a_lease_until_it_runs_out_or_is_given_back() throws Exception {
        Lease one = new Lease(database.dataSource(), "queue", "one");
        Lease two = new Lease(database.dataSource(), "queue", "two");
        assertThat(one.hold(LONG)).isTrue();
        assertThat(two.hold(LONG)).isFalse();
        assertThat(one.hold(LONG)).isTrue();
        database.execute("update lease set until = now() - interval '1 second'");
        assertThat(two.hold(LONG)).isTrue();
        assertThat(one.hold(LONG)).isFalse();
        two.release();
        assertThat(one.hold(LONG)).isTrue();
    }

    @Test
    void a_newer_run_of_a_name_fences_the_older_and_keeps_its_number() throws Exception {
        NodeIdentity first = NodeIdentity.named("one");
        NodeIdentity second = NodeIdentity.named("one");
        Nodes older = new Nodes(database.dataSource(), first, LONG);
        Nodes newer = new Nodes(database.dataSource(), second, LONG);
        Nodes other = new Nodes(database.dataSource(), NodeIdentity.named("two"), LONG);
        assertThat(older.join()).isZero();
        assertThat(other.join()).isEqualTo(1);
        assertThat(newer.join()).isZero();
        assertThat(older.beat()).isFalse();
        assertThat(first.pulse().fenced()).isTrue();
        assertThat(newer.beat()).isTrue();
        assertThat(second.pulse().fenced()).isFalse();
        assertThat(second.pulse().silent()).isFalse();
        database.execute("update node set heartbeat_at = now() - interval '1 hour' where name = 'two'");
        assertThat(newer.dead()).containsExactly("two");
    }

    @Test
    void two_runs_of_one_name_never_hold_a_lease_together_and_the_newer_need_not_wait() throws Exception {
        NodeIdentity older = NodeIdentity.named("one");
        NodeIdentity newer = NodeIdentity.named("one");
        Lease before = new Lease(database.dataSource(), "queue", older.holder());
        Lease after = new Lease(database.dataSource(), "queue", newer.holder());
        new Nodes(database.dataSource(), older, LONG).join();
        assertThat(before.hold(LONG)).isTrue();
        assertThat(after.hold(LONG)).isFalse();
        new Nodes(database.dataSource(), newer, LONG).join();
        assertThat(after.hold(LONG)).isTrue();
        assertThat(before.hold(LONG)).isFalse();
    }
}

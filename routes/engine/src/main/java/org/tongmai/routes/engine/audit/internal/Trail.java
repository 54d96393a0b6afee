package org.tongmai.routes.engine.audit.internal;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What there is to be verified, read in small parts. */
interface Trail {
    /** Nodes of which anything is known, sorted. */
    List<String> nodes() throws SQLException;

    /** Days that are kept, earliest first. */
    List<LocalDate> days() throws SQLException;

    /** Blocks of a day above the number, by number. */
    List<Block> blocks(String node, LocalDate day, long above, int limit) throws SQLException;

    /** The last block of a day. */
    Optional<Block> last(String node, LocalDate day) throws SQLException;

    /** Checkpoints above the number, by number. */
    List<Checkpoint> checkpoints(String node, long above, int limit) throws SQLException;

    /** The last checkpoint of this block or an earlier one. */
    Optional<Checkpoint> signedUpTo(String node, long sequence) throws SQLException;

    /** The number of the newest checkpoint; 0 when there is none. */
    long newestCheckpoint(String node) throws SQLException;

    /** Where what is kept begins. */
    Optional<Checkpoint> anchor(String node) throws SQLException;

    /** The number of the last block, as it is noted beside the blocks; 0 when it is not. */
    long noted(String node) throws SQLException;
}

package org.tongmai.console.app.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** The server settings of the embedded PostgreSQL: durable first, then bounded, then fast; silent about data. */
final class PostgreSqlTuning {
    /**
     * What the C library does with memory a server process gave back, in bytes (mallopt(3)): by itself it hands it to the
     * system after each transaction and asks for it again in the next, page by page.
     */
    static final Map<String, String> MEMORY = Map.of(
            "MALLOC_TRIM_THRESHOLD_", "8388608",
            "MALLOC_TOP_PAD_", "1048576",
            "MALLOC_MMAP_THRESHOLD_", "4194304");

    private PostgreSqlTuning() {}

    static List<String> arguments(Path data, Path logs, int port, DataSize sharedBuffers) {
        Map<String, String> settings = new LinkedHashMap<>();
        durable(settings);
        bounded(settings, sharedBuffers);
        silent(settings, logs);
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        arguments.addAll(List.of("-h", "127.0.0.1"));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return arguments;
    }

    private static void durable(Map<String, String> settings) {
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
        // The embedded server knows only pglz, which costs more processor time than it saves in bytes written.
        settings.put("wal_compression", "off");
        settings.put("max_wal_size", "2GB");
        settings.put("min_wal_size", "256MB");
        settings.put("checkpoint_timeout", "15min");
        settings.put("checkpoint_completion_target", "0.9");
        // One node and no replicas: less is written for the same promise.
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");
    }

    private static void bounded(Map<String, String> settings, DataSize sharedBuffers) {
        settings.put("shared_buffers", sharedBuffers.toMegabytes() + "MB");
        settings.put("effective_cache_size", sharedBuffers.toMegabytes() * 4 + "MB");
        settings.put("work_mem", "8MB");
        settings.put("maintenance_work_mem", "64MB");
        settings.put("max_connections", "60");
        settings.put("max_parallel_workers_per_gather", "0");
        settings.put("random_page_cost", "1.1");
        // Pages are written out in the background, so that a commit does not have to make room first.
        settings.put("bgwriter_delay", "50ms");
        settings.put("bgwriter_lru_maxpages", "400");
        settings.put("autovacuum_max_workers", "1");
        settings.put("autovacuum_naptime", "60s");
        settings.put("autovacuum_vacuum_scale_factor", "0.2");
        // What is only added to needs no vacuum but for freezing: a look when it has doubled is enough.
        settings.put("autovacuum_vacuum_insert_scale_factor", "1");
        settings.put("autovacuum_analyze_scale_factor", "0.2");
        settings.put("jit", "off");
        settings.put("unix_socket_directories", "");
        settings.put("password_encryption", "scram-sha-256");
        // A dead application must not keep locks.
        settings.put("tcp_keepalives_idle", "10");
        settings.put("idle_in_transaction_session_timeout", "5min");
    }

    /** Statements, parameters and details of errors hold patient data: none of them may reach a log file. */
    private static void silent(Map<String, String> settings, Path logs) {
        settings.put("logging_collector", "on");
        settings.put("log_directory", logs.toString());
        settings.put("log_filename", "postgresql-%a.log");
        settings.put("log_file_mode", "0600");
        settings.put("log_truncate_on_rotation", "on");
        settings.put("log_rotation_age", "1d");
        settings.put("log_rotation_size", "0");
        settings.put("log_min_messages", "log");
        settings.put("log_min_error_statement", "panic");
        settings.put("log_error_verbosity", "terse");
        settings.put("log_statement", "none");
        settings.put("log_parameter_max_length", "0");
        settings.put("log_parameter_max_length_on_error", "0");
        settings.put("log_checkpoints", "off");
    }
}

package org.tongmai.benchmarks.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.adapters.hospital.twin.DownstreamFault;
import org.tongmai.adapters.hospital.twin.DownstreamSystem;
import picocli.CommandLine;

class MllpLoadIT {
    @TempDir
    Path folder;

    @Test
    void a_load_counts_what_the_receiver_took_and_fails_when_something_was_refused() throws Exception {
        try (DownstreamSystem receiver =
                DownstreamSystem.start(new InetSocketAddress("127.0.0.1", 0), folder.resolve("received.csv"))) {
            Path ledger = folder.resolve("answers.csv");
            String[] arguments = {
                "--port",
                Integer.toString(receiver.port()),
                "--connections",
                "4",
                "--depth",
                "3",
                "--warmup",
                "0",
                "--seconds",
                "0",
                "--count",
                "2000",
                "--ring",
                "300",
                "--ledger",
                ledger.toString()
            };

            assertThat(new CommandLine(new MllpLoad()).execute(arguments)).isZero();
            assertThat(receiver.ledger().count()).isEqualTo(2_000);
            assertThat(Files.readAllLines(ledger)).hasSize(2_001);

            receiver.inject(DownstreamFault.times(DownstreamFault.Kind.ANSWER_REJECT, 1));
            assertThat(new CommandLine(new MllpLoad()).execute(arguments)).isEqualTo(1);
        }
    }
}

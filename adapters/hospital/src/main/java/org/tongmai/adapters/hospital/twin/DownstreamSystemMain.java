package org.tongmai.adapters.hospital.twin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Starts a receiving system from the command line and runs until it is stopped. */
@CommandLine.Command(
        name = "downstream-system",
        mixinStandardHelpOptions = true,
        description = "Receives HL7 messages over MLLP, answers AA, keeps a ledger.")
public final class DownstreamSystemMain implements Callable<Integer> {
    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--port", defaultValue = "2576", description = "Port to listen on (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--ledger", required = true, description = "CSV file for what was received.")
    private Path ledger;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DownstreamSystemMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (DownstreamSystem system = DownstreamSystem.start(new InetSocketAddress(host, port), ledger)) {
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "downstream-stop"));
            System.out.println("downstream system on " + host + ":" + system.port() + ", ledger " + ledger);
            stopped.await();
        }
        return 0;
    }
}

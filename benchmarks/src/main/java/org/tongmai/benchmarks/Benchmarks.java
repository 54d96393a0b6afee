package org.tongmai.benchmarks;

import java.util.Arrays;
import org.tongmai.adapters.hospital.simulator.HospitalSimulator;
import org.tongmai.adapters.hospital.twin.DownstreamSystemMain;
import org.tongmai.benchmarks.audit.AuditLoad;
import org.tongmai.benchmarks.bundles.BundleLoad;
import org.tongmai.benchmarks.bundles.ReplayDiffLoad;
import org.tongmai.benchmarks.gateway.GatewayLoad;
import org.tongmai.benchmarks.mllp.MllpLoad;
import org.tongmai.benchmarks.patientindex.PatientIndexLoad;
import picocli.CommandLine;

/** Chooses what to run; {@code --help} lists it. */
@CommandLine.Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Figures and their method. For micro benchmarks: benchmarks jmh [JMH options].",
        subcommands = {
            MllpLoad.class,
            AuditLoad.class,
            BundleLoad.class,
            GatewayLoad.class,
            ReplayDiffLoad.class,
            PatientIndexLoad.class,
            HospitalSimulator.class,
            DownstreamSystemMain.class
        })
public final class Benchmarks {
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && "jmh".equals(arguments[0])) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments.length == 0 ? new String[] {"--help"} : arguments));
    }
}

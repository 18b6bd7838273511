package millrace.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The arithmetic of the bench. */
public final class Statistics {

    private Statistics() {}

    /** The middle of the values, or the mean of the two in the middle; {@link IllegalArgumentException} without any. */
    public static double median(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * The median of the ratios of neighbours: what disturbs the machine for a while disturbs both of a pair.
     *
     * @param ours in the order of measuring
     * @param reference as many
     */
    public static double ratio(List<Double> ours, List<Double> reference) {
        if (ours.size() != reference.size()) {
            throw new IllegalArgumentException(ours.size() + " values cannot be compared with " + reference.size());
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            if (!(reference.get(i) > 0)) {
                throw new IllegalArgumentException("a reference of " + reference.get(i) + " is none");
            }
            ratios.add(ours.get(i) / reference.get(i));
        }
        return median(ratios);
    }

    /** How far apart the smallest and the largest are, as a share of the median. */
    public static double spread(Collection<Double> values) {
        double median = median(values);
        double least = values.stream().min(Double::compare).orElseThrow();
        double most = values.stream().max(Double::compare).orElseThrow();
        return median == 0 ? 0 : (most - least) / median;
    }
}
